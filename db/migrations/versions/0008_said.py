"""What texts say of a vessel itself is kept as said, and an alias may hold for a span of days."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "said",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("vessel_key", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_said_document_id")),
        sa.PrimaryKeyConstraint("document_id", "vessel_key", "slot", "value", name=op.f("pk_said")),
    )
    op.create_index(op.f("ix_said_vessel_key"), "said", ["vessel_key"], unique=False)
    op.add_column("vessel_alias", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("vessel_alias", sa.Column("until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("vessel_alias", "until")
    op.drop_column("vessel_alias", "since")
    op.drop_index(op.f("ix_said_vessel_key"), table_name="said")
    op.drop_table("said")
