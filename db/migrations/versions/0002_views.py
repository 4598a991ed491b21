"""Views that other tools read: v_events and v_last_known. A sea, coast or country has no point, so it has no coordinates there."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AREAS = "('sea', 'ocean', 'gulf', 'bay', 'coast', 'region', 'country')"
MAIN = "CASE e.kind WHEN 'departure' THEN e.origin{0} WHEN 'arrival' THEN e.destination{0} WHEN 'underway' THEN NULL ELSE e.place{0} END"

EVENTS = f"""
CREATE VIEW v_events AS
SELECT e.id AS event_id, v.key AS vessel_key, v.label AS vessel, v.count AS vessel_count, v.type, v.class_name, v.project, v.hull, v.country, e.kind,
       e.place, e.origin, e.destination, {MAIN.format("")} AS at_place, e.start_day, e.end_day, e.precision, e.edtf, e.modality, e.hedge,
       CASE WHEN p.kind IN {AREAS} THEN NULL ELSE p.latitude END AS latitude, CASE WHEN p.kind IN {AREAS} THEN NULL ELSE p.longitude END AS longitude,
       e.credibility, e.claim_count, e.root_count, c.quote, d.title, d.url, d.published, s.name AS source, d.demo
FROM event e
JOIN vessel v ON v.key = e.vessel_key
JOIN claim c ON c.id = e.lead_claim_id
JOIN document d ON d.id = c.document_id
JOIN source s ON s.key = d.source_key
LEFT JOIN place p ON p.key = {MAIN.format("_key")}
"""
LAST_KNOWN = """
CREATE VIEW v_last_known AS
SELECT x.* FROM v_events x
JOIN (SELECT v.key AS vessel_key,
             (SELECT e.id FROM event e WHERE e.vessel_key = v.key AND e.modality NOT IN ('planned', 'negated')
              ORDER BY e.end_day DESC, e.id DESC LIMIT 1) AS event_id
      FROM vessel v) latest ON latest.event_id = x.event_id
"""


def upgrade() -> None:
    op.execute(EVENTS)
    op.execute(LAST_KNOWN)


def downgrade() -> None:
    op.execute("DROP VIEW v_last_known")
    op.execute("DROP VIEW v_events")
