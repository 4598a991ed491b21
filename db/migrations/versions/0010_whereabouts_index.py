"""The indexes over what happened hold all that tells where a vessel was: no row is looked up. SQLite also keeps how long the longest event lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

HAPPENED = "modality NOT IN ('planned', 'negated')"
LASTING = f"end_day > start_day AND {HAPPENED}"
BEFORE = ["kind", "id", "modality"]
NOW = [*BEFORE, "precision", "place_key", "origin_key", "destination_key"]


def _indexes(more: list[str]) -> None:
    for name, days, condition in (
        ("ix_event_happened", ["vessel_key", "end_day", "start_day"], HAPPENED),
        ("ix_event_starts", ["vessel_key", "start_day", "end_day"], HAPPENED),
        ("ix_event_lasting", ["end_day", "start_day", "vessel_key"], LASTING),
    ):
        op.drop_index(name, table_name="event")
        op.create_index(name, "event", [*days, *more], unique=False, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def upgrade() -> None:
    _indexes(NOW)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE INDEX ix_event_days ON event (julianday(end_day) - julianday(start_day)) WHERE {LASTING}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP INDEX ix_event_days")
    _indexes(BEFORE)
