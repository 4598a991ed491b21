"""Indexes by which the whereabouts of every vessel on a day are found with a few seeks; they hold all that the choice needs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HAPPENED = "modality NOT IN ('planned', 'negated')"
INDEXES = {
    "ix_event_happened": (["vessel_key", "end_day", "start_day", "kind", "id", "modality"], HAPPENED),
    "ix_event_starts": (["vessel_key", "start_day", "end_day", "kind", "id", "modality"], HAPPENED),
    "ix_event_lasting": (["end_day", "start_day", "vessel_key", "kind", "id", "modality"], f"end_day > start_day AND {HAPPENED}"),
}


def upgrade() -> None:
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "event", columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="event")
