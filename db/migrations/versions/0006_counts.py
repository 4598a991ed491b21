"""How many vessels a document says were in an area."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "strength_claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("place_key", sa.String(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("edtf", sa.String(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("count_most", sa.Integer(), nullable=True),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("subset", sa.String(), nullable=True),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("hedge", sa.String(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("count_start", sa.Integer(), nullable=False),
        sa.Column("count_end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_strength_claim_document_id")),
        sa.ForeignKeyConstraint(["place_key"], ["place.key"], name=op.f("fk_strength_claim_place_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_claim")),
    )
    op.create_index(op.f("ix_strength_claim_document_id"), "strength_claim", ["document_id"], unique=False)
    op.create_index("ix_strength_claim_place_day", "strength_claim", ["place_key", "end_day"], unique=False)


def downgrade() -> None:
    op.drop_table("strength_claim")
