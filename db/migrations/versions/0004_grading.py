"""Claims keep the signs of their origin, and those of a vessel's kind are found by their days."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("marks", sa.Text(), nullable=True))  # empty for what was read before: its source and quote still tell copies
    op.create_index("ix_claim_vessel_kind", "claim", ["vessel_key", "kind", "end_day", "start_day"], unique=False)
    op.drop_index(op.f("ix_claim_vessel_key"), table_name="claim")


def downgrade() -> None:
    op.create_index(op.f("ix_claim_vessel_key"), "claim", ["vessel_key"], unique=False)
    op.drop_index("ix_claim_vessel_kind", table_name="claim")
    op.drop_column("claim", "marks")
