"""What people decided, and the claims as they were read where a decision changed them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("target_kind", "target_id", "action", name=op.f("pk_decision")),
    )
    op.create_table(
        "read_claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("vessel_key", sa.String(), nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_read_claim_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_claim")),
    )
    op.create_index(op.f("ix_read_claim_document_id"), "read_claim", ["document_id"], unique=False)
    op.create_index(op.f("ix_read_claim_vessel_key"), "read_claim", ["vessel_key"], unique=False)


def downgrade() -> None:
    op.drop_table("read_claim")
    op.drop_table("decision")
