"""The nearest events of a vessel are found by the indexes over what happened alone: a wider one beside them was taken instead, at twice the time."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_event_vessel_latest", table_name="event")
    op.create_index(op.f("ix_event_vessel_key"), "event", ["vessel_key"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_event_vessel_key"), table_name="event")
    op.create_index("ix_event_vessel_latest", "event", ["vessel_key", "end_day", "id"], unique=False)
