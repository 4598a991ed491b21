"""Every SELECT of the reading side, as text with named parameters that SQLite and PostgreSQL both take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Query = tuple[str, Mapping[str, Any]]

INSIDE = """WITH RECURSIVE inside(key) AS (SELECT CAST(:area AS VARCHAR) UNION
  SELECT p.key FROM place p
  JOIN inside i ON p.parent_key = i.key OR p.water_key = i.key) """
MAIN_KEY = (
    "CASE e.kind WHEN 'departure' THEN e.origin_key WHEN 'arrival' THEN e.destination_key WHEN 'underway' THEN e.destination_key ELSE e.place_key END"
)
_RANK = """CASE e.kind WHEN 'underway' THEN 5 WHEN 'transit' THEN 4 WHEN 'departure' THEN 3 WHEN 'in_port' THEN 0 WHEN 'arrival' THEN 1
  ELSE 2 END"""
LATEST_FIRST = f"""e.end_day DESC NULLS LAST, CASE WHEN e.start_day IS NULL THEN 0 ELSE 1 END DESC,
  {_RANK} DESC, e.id DESC"""
HAPPENED = "e.modality NOT IN ('planned', 'negated')"

_AS_PUBLISHED = "ORDER BY d.published NULLS FIRST, c.quote_start, c.id"  # NULLS are told: of themselves PostgreSQL has them last, SQLite first

_EVENT_COLUMNS = f"""e.id AS event_id, e.vessel_key, v.label AS vessel, v.count, v.type, v.class_name AS class, v.project, v.hull,
  v.country, e.kind, e.place, e.origin,
  e.destination, e.place_key, e.origin_key, e.destination_key, e.start_day AS start, e.end_day AS "end", e.precision, e.edtf, e.modality,
  e.hedge, e.credibility,
  e.claim_count AS claims, e.root_count AS roots, e.first_published, e.last_published, c.document_id, s.name AS source,
  s.reliability AS grade, d.title, d.url, d.published,
  c.quote, c.quote_start, c.quote_end, c.page, c.rule, c.confidence, d.demo, e.status,
  v.name AS vessel_name, mp.kind AS main_kind, {MAIN_KEY} AS main_key"""
_EVENT_TABLES = f"""FROM event e JOIN vessel v ON v.key = e.vessel_key JOIN claim c ON c.id = e.lead_claim_id JOIN document d ON d.id = c.document_id
  JOIN source s ON s.key = d.source_key LEFT JOIN place mp ON mp.key = {MAIN_KEY}"""

_SLOTS = ("place_key", "origin_key", "destination_key", "place", "origin", "destination")  # keys first: the indexes hold them, the row needs no look
PLACED = f"({' OR '.join(f'e.{slot} IS NOT NULL' for slot in _SLOTS)})"
_TOLD = f"""e.vessel_key, e.id, e.kind, e.modality, e.start_day, e.end_day, e.precision, e.place_key, e.origin_key, e.destination_key,
  {PLACED} AS placed"""
"""The columns of `domain.told.ToldRow`, in its order."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; None asks for any. `area` and `place` are keys: an area means everything inside it as well. Days are inclusive."""

    vessels: tuple[str, ...] | None = None  # keys
    country: str | None = None
    type: str | None = None
    class_name: str | None = None  # in any case
    kind: str | None = None
    modality: str | None = None
    area: str | None = None
    source: str | None = None  # key
    since: date | None = None
    until: date | None = None
    named: bool | None = None
    status: str | None = None  # what people said of it: a value of ReviewStatus
    known_on: date | None = None  # first published by this day; what was learnt later of the same event is in it: see cli/knowledge.py


def events(f: EventFilter) -> Query:
    """Events with their vessel and their leading claim, oldest first."""
    conditions, parameters = _both(vessel_conditions(f), event_conditions(f))
    head = INSIDE if f.area else ""
    told = f"SELECT {_EVENT_COLUMNS} {_EVENT_TABLES} {_where(conditions)}"
    return f"{head}{told} ORDER BY e.end_day NULLS FIRST, e.start_day NULLS FIRST, v.label, e.id", parameters


def event_conditions(f: EventFilter) -> tuple[list[str], dict[str, Any]]:
    """The conditions of a filter that concern the event e."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if f.kind:
        conditions.append("e.kind = :kind")
        parameters["kind"] = f.kind
    if f.modality:
        conditions.append("e.modality = :modality")
        parameters["modality"] = f.modality
    if f.area:
        slots = ("place_key", "origin_key", "destination_key")
        conditions.append(f"({' OR '.join(f'e.{slot} IN (SELECT key FROM inside)' for slot in slots)})")
        parameters["area"] = f.area
    if f.since:
        conditions.append("e.end_day >= :since")
        parameters["since"] = f.since.isoformat()
    if f.until:
        conditions.append("COALESCE(e.start_day, e.end_day) <= :until")
        parameters["until"] = f.until.isoformat()
    if f.source:
        conditions.append("EXISTS (SELECT 1 FROM claim x JOIN document y ON y.id = x.document_id WHERE x.event_id = e.id AND y.source_key = :source)")
        parameters["source"] = f.source
    if f.status:
        conditions.append("e.status = :status")
        parameters["status"] = f.status
    if f.known_on:
        conditions.append("e.first_published <= :known_on")
        parameters["known_on"] = f.known_on.isoformat()
    return conditions, parameters


def vessel_conditions(f: EventFilter) -> tuple[list[str], dict[str, Any]]:
    """The conditions of a filter that concern the vessel v."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if f.vessels is not None:
        names = [f"vessel{number}" for number in range(len(f.vessels))]
        conditions.append(f"v.key IN ({', '.join(':' + name for name in names)})" if names else "1 = 0")
        parameters.update(zip(names, f.vessels, strict=True))
    for column, value in (("country", f.country), ("type", f.type)):
        if value:
            conditions.append(f"v.{column} = :{column}")
            parameters[column] = value
    if f.class_name:
        conditions.append("lower(v.class_name) = :class_name")
        parameters["class_name"] = f.class_name.lower()
    if f.named is not None:
        conditions.append(f"v.name IS {'NOT ' if f.named else ''}NULL")
    return conditions, parameters


def _both(one: tuple[list[str], dict[str, Any]], other: tuple[list[str], dict[str, Any]]) -> tuple[list[str], dict[str, Any]]:
    return [*one[0], *other[0]], {**one[1], **other[1]}


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def vessels(f: EventFilter, *, register: bool, by: date) -> Query:
    """Vessels with how many events they have, and the latest that began by a day and is neither planned nor denied (one index seek a vessel)."""
    wanted, parameters = vessel_conditions(f)
    about_event, more = event_conditions(f)
    if about_event or not register:
        wanted.append(f"EXISTS (SELECT 1 FROM event e {_where(['e.vessel_key = v.key', *about_event])})")
    parameters |= more | {"by": by.isoformat()}
    head = INSIDE if f.area else ""
    return (
        f"""{head}SELECT v.key AS vessel_key, v.label AS vessel, v.name, v.count, v.type, v.class_name AS class, v.project, v.hull, v.country,
  CASE WHEN v.in_register THEN v.key END AS register_key, e.kind AS last_kind, e.modality AS last_modality, e.hedge AS last_hedge,
  e.start_day AS last_start,
  e.end_day AS last_end, e.precision AS last_precision, e.place, e.origin, e.destination, {MAIN_KEY} AS last_place_key, mp.kind AS main_kind,
  (SELECT count(*) FROM event n WHERE n.vessel_key = v.key) AS events
FROM vessel v LEFT JOIN event e ON e.id = (SELECT e.id FROM event e WHERE e.vessel_key = v.key
  AND {HAPPENED} AND COALESCE(e.start_day, e.end_day) <= :by ORDER BY {LATEST_FIRST} LIMIT 1)
  LEFT JOIN place mp ON mp.key = {MAIN_KEY}
{_where(wanted)} ORDER BY v.label, v.key""",
        parameters,
    )


LONGEST_DAYS = "julianday(end_day) - julianday(start_day)"
LONGEST = f"SELECT {LONGEST_DAYS} FROM event e WHERE e.end_day > e.start_day AND {HAPPENED} ORDER BY {LONGEST_DAYS} DESC LIMIT 1"
"""In how many days the longest of the events that last ends after it begins, of SQLite (one index seek)."""


def around(f: EventFilter, *, first: date, last: date, placed: bool, after: bool, longest: int | None = None) -> list[Query]:
    """What tells where vessels were on any day from `first` to `last`: a few index seeks a vessel, and a range for the days between.

    Of each vessel the events that were over by the first day and ended last; those that begin soonest after the last day (with `after`);
    all that ended in between; all that last through the last day. The rows are those of a `ToldRow`. With `placed` only events that
    tell a place. Plans and denials are left out. Of the filter only what concerns the vessel counts. `longest`: no event ends later than
    so many days after it begins; what ends later than that after the last day is then not looked at.
    """
    conditions, parameters = vessel_conditions(f)
    parameters |= {"first": first.isoformat(), "last": last.isoformat()}
    told = [HAPPENED, *([PLACED] if placed else [])]
    nearest = [("end_day", "<= :first", "DESC"), *([("start_day", "> :last", "ASC")] if after else [])]
    found = [_nearest(told, conditions, *seek) for seek in nearest]
    lasting = ["e.end_day > e.start_day", "e.end_day > :last", "e.start_day <= :last"]
    if longest is not None and longest < (date.max - last).days:
        lasting.append("e.end_day <= :until")
        parameters["until"] = (last + timedelta(days=longest)).isoformat()
    ranges = [lasting]
    if first < last:
        ranges.append(["e.end_day > :first", "e.end_day <= :last"])
    # SQLite keeps the order of a CROSS JOIN, and would otherwise go through every vessel; to others it is a join like any
    vessel = "CROSS JOIN vessel v" if conditions else ""
    tied = ["v.key = e.vessel_key", *conditions] if conditions else []
    found += [f"SELECT {_TOLD} FROM event e {vessel} {_where([*told, *days, *tied])}" for days in ranges]
    return [(sql, parameters) for sql in found]


def histories(f: EventFilter, until: date | None) -> Query:
    """Every event of the vessels of a filter that had begun by a day, plans and denials too; the rows are those of a `ToldRow`."""
    conditions, parameters = vessel_conditions(f)
    vessel = "JOIN vessel v ON v.key = e.vessel_key" if conditions else ""
    begun, more = event_conditions(EventFilter(until=until))
    return f"SELECT {_TOLD} FROM event e {vessel} {_where([*conditions, *begun])}", parameters | more


def _nearest(told: list[str], conditions: list[str], day: str, when: str, order: str) -> str:
    """Of each vessel all events that share the nearest of some days: which of them tells best is for `analysis.whereabouts` to say."""
    same = " AND ".join(told).replace("e.", "x.")
    nearest = f"SELECT x.{day} FROM event x WHERE x.vessel_key = v.key AND {same} AND x.{day} {when} ORDER BY x.{day} {order} LIMIT 1"
    dated = ["e.end_day IS NOT NULL"] if day == "start_day" else []
    tied = ["e.vessel_key = v.key", f"e.{day} = ({nearest})"]
    return f"SELECT {_TOLD} FROM vessel v CROSS JOIN event e {_where([*tied, *told, *dated, *conditions])}"  # in this order, as in `around`


def touching(vessels: Sequence[str], places: Iterable[str]) -> Query:
    """Of each of some vessels one event, neither planned nor denied, that names one of some places; the rows are those of a `ToldRow`."""
    parameters: dict[str, Any] = {f"vessel{number}": key for number, key in enumerate(vessels)}
    names = {f"place{number}": key for number, key in enumerate(places)}
    inside = ", ".join(f":{name}" for name in names)
    slots = " OR ".join(f"x.{slot} IN ({inside})" for slot in ("place_key", "origin_key", "destination_key"))
    one = f"SELECT x.id FROM event x WHERE x.vessel_key = v.key AND {HAPPENED.replace('e.', 'x.')} AND ({slots}) LIMIT 1"
    wanted = ", ".join(f":{name}" for name in parameters)
    return f"SELECT {_TOLD} FROM vessel v JOIN event e ON e.id = ({one}) WHERE v.key IN ({wanted})", parameters | names


def events_of(ids: Sequence[str]) -> Query:
    """The events of some ids, with their vessel and their leading claim."""
    parameters = {f"id{number}": key for number, key in enumerate(ids)}
    return f"SELECT {_EVENT_COLUMNS} {_EVENT_TABLES} WHERE e.id IN ({', '.join(f':{name}' for name in parameters)})", parameters


REPORTED = """SELECT e.place_key, e.origin_key, e.destination_key, e.first_published, e.last_published FROM event e
WHERE e.last_published > :since AND COALESCE(e.start_day, e.end_day) <= :until"""
"""On which days the first and the last report told of each event, and its places: of reports after a day, about events that had begun by one."""


_CLAIMS = f"""SELECT c.id AS claim_id, c.event_id, c.document_id, s.name AS source, s.key AS source_key, s.reliability AS source_grade,
  d.title, d.url, d.archive_url, d.published,
  d.retrieved_at, c.vessel_key, v.label AS vessel, c.mention, c.kind, c.place, c.origin, c.destination, c.place_key, c.origin_key,
  c.destination_key, c.start_day AS start,
  c.end_day AS "end", c.precision, c.edtf, c.modality, c.hedge, c.credibility, c.role, c.act_id, c.quote, c.quote_start, c.quote_end,
  c.page, c.rule, c.confidence, c.marks, d.demo, d.ingested_at, d.known_from,
  (SELECT max(x.action) FROM decision x WHERE x.target_kind = 'claim' AND x.target_id = c.id AND x.action IN ('accept', 'edit')) AS decided,
  v.name AS vessel_name, v.count, v.type, v.class_name AS class, v.project, v.hull, v.country, s.reliability AS grade,
  mp.kind AS main_kind, {MAIN_KEY.replace("e.", "c.")} AS main_key
FROM claim c JOIN document d ON d.id = c.document_id JOIN source s ON s.key = d.source_key JOIN vessel v ON v.key = c.vessel_key
  LEFT JOIN place mp ON mp.key = {MAIN_KEY.replace("e.", "c.")}"""


def claims(*, event: str | None = None, vessel: str | None = None, document: str | None = None) -> Query:
    """Claims of an event, a vessel or a document, the firmest and earliest first."""
    conditions = [f"c.{column} = :{column}" for column, value in (("event_id", event), ("vessel_key", vessel), ("document_id", document)) if value]
    parameters = {column: value for column, value in (("event_id", event), ("vessel_key", vessel), ("document_id", document)) if value}
    return f"{_CLAIMS}\n{_where(conditions)} {_AS_PUBLISHED}", parameters


def _known_by(f: EventFilter, conditions: list[str], parameters: dict[str, Any]) -> None:
    """Ask for documents that the filter's day of knowledge may have seen: published by then, or never."""
    if f.known_on:
        conditions.append("(d.published <= :known_on OR d.published IS NULL)")
        parameters["known_on"] = f.known_on.isoformat()


def known_claims(f: EventFilter, places: Collection[str] | None = None) -> Query:
    """The claims of documents that a day of knowledge may have seen: published by then, or never.

    Of the filter only `known_on` and what concerns the vessel count. With `places` only those of vessels that have a claim naming one of these keys.
    """
    conditions, parameters = vessel_conditions(f)
    _known_by(f, conditions, parameters)
    if places is not None:
        slots, names = _naming(places)
        conditions.append(f"c.vessel_key IN (SELECT t.vessel_key FROM claim t WHERE {slots})")
        parameters |= names
    return f"{_CLAIMS}\n{_where(conditions)} {_AS_PUBLISHED}", parameters


def claim_briefs(f: EventFilter, places: Collection[str] | None) -> Query:
    """The columns of a `ClaimBrief`, of the claims that `known_claims` gives; with `places` of the vessels and kinds of which a claim names one."""
    conditions, parameters = vessel_conditions(f)
    about_vessel = "JOIN vessel v ON v.key = c.vessel_key" if conditions else ""
    if f.kind:
        conditions.append("c.kind = :kind")
        parameters["kind"] = f.kind
    _known_by(f, conditions, parameters)
    if places is not None:
        slots, names = _naming(places)
        conditions.append(f"(c.vessel_key, c.kind) IN (SELECT t.vessel_key, t.kind FROM claim t WHERE {slots})")
        parameters |= names
    return (
        f"""SELECT c.id, c.document_id, c.vessel_key, c.kind, c.modality, c.start_day, c.end_day, d.published, d.source_key,
  c.place_key, c.origin_key, c.destination_key
FROM claim c JOIN document d ON d.id = c.document_id {about_vessel} {_where(conditions)}""",
        parameters,
    )


def claims_of(ids: Sequence[str]) -> Query:
    """The claims of some ids, as `claims` gives them."""
    parameters = {f"id{number}": key for number, key in enumerate(ids)}
    return f"{_CLAIMS} WHERE c.id IN ({', '.join(f':{name}' for name in parameters)})", parameters


def _naming(places: Collection[str]) -> tuple[str, dict[str, str]]:
    """The condition that a claim t names one of some places, by key, and its parameters."""
    names = {f"place{number}": key for number, key in enumerate(sorted(places))}
    inside = ", ".join(f":{name}" for name in names) or "NULL"
    return " OR ".join(f"t.{slot} IN ({inside})" for slot in ("place_key", "origin_key", "destination_key")), names


def unreviewed(f: EventFilter) -> Query:
    """The claims behind some events that nobody has accepted or edited."""
    conditions, parameters = _both(vessel_conditions(f), event_conditions(f))
    decided = "SELECT 1 FROM decision x WHERE x.target_kind = 'claim' AND x.target_id = c.id AND x.action IN ('accept', 'edit')"
    conditions = [*conditions, f"NOT EXISTS ({decided})"]
    head = INSIDE if f.area else ""
    return f"{head}{_CLAIMS} JOIN event e ON e.id = c.event_id\n{_where(conditions)} {_AS_PUBLISHED}", parameters


PLACES = """SELECT p.key AS place_key, p.name AS place, p.kind, p.country, p.latitude, p.longitude, p.radius_km, u.name AS parent,
  w.name AS water, p.waters, p.unlocode
FROM place p LEFT JOIN place u ON u.key = p.parent_key LEFT JOIN place w ON w.key = p.water_key ORDER BY p.name, p.key"""

PLACE_KINDS = """SELECT key, kind FROM place"""
PLACE_POINTS = """SELECT key, name, kind, latitude, longitude FROM place"""
STRAITS = """SELECT key, waters FROM place WHERE waters IS NOT NULL AND waters <> ''"""

PLACE_LINKS = """SELECT key, parent_key, water_key FROM place"""

EVENT_PLACES = f"""SELECT e.place_key, e.origin_key, e.destination_key, count(*) AS events, max(CASE WHEN {HAPPENED} THEN e.end_day END) AS "end"
FROM event e GROUP BY e.place_key, e.origin_key, e.destination_key"""
"""How many events name the same places, and when the latest of them ended: thousands of rows where the events are a million."""

SOURCE_NAMES = """SELECT key, name FROM source"""
CLASS_NAMES = """SELECT DISTINCT class_name AS name FROM vessel WHERE class_name IS NOT NULL"""
SOURCES = """SELECT s.key AS source_key, s.name AS source, s.reliability, count(DISTINCT d.id) AS documents, count(c.id) AS claims,
  count(DISTINCT c.event_id) AS events,
  min(d.published) AS first_published, max(d.published) AS last_published
FROM source s JOIN document d ON d.source_key = s.key LEFT JOIN claim c ON c.document_id = d.id GROUP BY s.key, s.name,
  s.reliability ORDER BY s.name"""

_DOCUMENTS = """SELECT d.id AS document_id, s.name AS source, d.title, d.url, d.archive_url, d.published, d.retrieved_at, d.ingested_at, d.media_type,
  (SELECT count(*) FROM claim c WHERE c.document_id = d.id) AS claims, d.demo, d.author, d.language, d.source_key, d.address, d.known_from,
  d.replaced_by, d.replaced_on, x.value AS withdrawn, d.based_on
FROM document d JOIN source s ON s.key = d.source_key
  LEFT JOIN decision x ON x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id"""
DOCUMENTS = f"{_DOCUMENTS} ORDER BY d.published NULLS FIRST, s.name, d.id"
DOCUMENTS_NAMED = f"{_DOCUMENTS} WHERE d.id LIKE :prefix OR d.url = :url OR d.address = :address ORDER BY d.published NULLS FIRST, s.name, d.id"
VERSIONS = f"{_DOCUMENTS} WHERE d.id = :id OR d.address = (SELECT o.address FROM document o WHERE o.id = :id)"
CHANGED_DOCUMENTS = """SELECT d.id FROM document d
  LEFT JOIN decision x ON x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id
WHERE d.replaced_by IS NOT NULL OR x.target_id IS NOT NULL ORDER BY d.id"""
READ_CLAIMS = """SELECT id, claim AS read, told FROM read_claim WHERE document_id = :id ORDER BY id"""
REPORTS = """SELECT id AS report_id, kind, title, file, made_at, as_of AS of_time, known_on, options, events, claims
FROM report ORDER BY made_at, id"""

VESSEL_BY_NAME = """SELECT DISTINCT v.key, v.label, v.type, v.hull, v.country, (SELECT count(*) FROM event e WHERE e.vessel_key = v.key) AS events
FROM vessel v JOIN vessel_alias a ON a.vessel_key = v.key WHERE a.folded = :folded ORDER BY 6 DESC, v.key"""
VESSEL_BY_NAME_ON = VESSEL_BY_NAME.replace("= :folded", "= :folded AND (a.since IS NULL OR a.since <= :day) AND (a.until IS NULL OR a.until >= :day)")
VESSEL_BY_KEY = """SELECT v.key, v.label, v.type, v.hull, v.country, (SELECT count(*) FROM event e
  WHERE e.vessel_key = v.key) AS events FROM vessel v WHERE v.key = :key"""
VESSEL_BY_HULL = """SELECT v.key, v.label, v.type, v.hull, v.country, (SELECT count(*) FROM event e WHERE e.vessel_key = v.key) AS events
FROM vessel v WHERE replace(replace(upper(v.hull), '-', ''), ' ', '') = :hull ORDER BY 6 DESC, v.key"""
VESSEL_NAMES = """SELECT alias FROM vessel_alias"""
VESSEL_RECORD = """SELECT v.*, p.name AS home_port FROM vessel v LEFT JOIN place p ON p.key = v.home_port_key WHERE v.key = :key"""
HOME_PORTS = """SELECT key, home_port_key FROM vessel WHERE home_port_key IS NOT NULL"""
VESSEL_ALIASES = """SELECT alias, since, until FROM vessel_alias WHERE vessel_key = :key ORDER BY alias"""
PLACE_BY_NAME = """SELECT p.key FROM place p JOIN place_alias a ON a.place_key = p.key WHERE a.folded = :folded
ORDER BY CASE WHEN p.name = a.alias THEN 0 ELSE 1 END, p.key"""
PLACE_NAMES = """SELECT alias FROM place_alias"""
PLACE_RECORD = """SELECT p.*, u.name AS parent, w.name AS water FROM place p LEFT JOIN place u ON u.key = p.parent_key LEFT
  JOIN place w ON w.key = p.water_key WHERE p.key = :key"""
PLACE_ALIASES = """SELECT alias FROM place_alias WHERE place_key = :key ORDER BY alias"""
DOCUMENT_TEXT = """SELECT text FROM document WHERE id = :id"""
EVENT_IDS = """SELECT id FROM event WHERE id LIKE :prefix UNION SELECT event_id FROM event_alias WHERE old_id LIKE :prefix"""
CUT_OFF = """SELECT max(published) AS published FROM document"""
CUT_OFF_BY = f"{CUT_OFF} WHERE published <= :known_on"
ANY_DOCUMENT = """SELECT 1 AS one FROM document LIMIT 1"""
FOREIGN_DOCUMENTS = """SELECT count(*) AS count FROM document WHERE NOT demo"""
REVISION = """SELECT version_num FROM alembic_version"""

SILENT_CLAIMS = """SELECT r.claim AS read, d.id AS document_id, s.name AS source, s.key AS source_key, s.reliability AS source_grade,
  s.reliability AS grade, d.title, d.url, d.archive_url, d.published, d.retrieved_at, d.ingested_at, d.demo, d.known_from,
  d.replaced_on, x.value AS withdrawn
FROM document d JOIN source s ON s.key = d.source_key JOIN read_claim r ON r.document_id = d.id
  LEFT JOIN decision x ON x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id
WHERE d.replaced_by IS NOT NULL OR x.target_id IS NOT NULL ORDER BY r.id"""
SILENT_HOME = """SELECT r.document_id FROM read_claim r JOIN document d ON d.id = r.document_id
  LEFT JOIN decision x ON x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id
WHERE r.id LIKE :prefix AND (d.replaced_by IS NOT NULL OR x.target_id IS NOT NULL) ORDER BY r.id"""
VESSEL_IDENTITIES = (
    """SELECT key, label AS vessel, name AS vessel_name, count, type, class_name AS class, project, hull, country, in_register FROM vessel"""
)
DECISIONS = """SELECT target_kind, target_id, action, value FROM decision"""

SAID = """SELECT w.vessel_key, w.slot, w.value AS said, w.quote, d.id AS document_id, d.title, d.url, d.published, s.name AS source,
  s.reliability AS grade, d.demo
FROM said w JOIN document d ON d.id = w.document_id JOIN source s ON s.key = d.source_key
WHERE d.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM decision x
  WHERE x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id)
ORDER BY d.published NULLS FIRST, s.name, d.id, w.vessel_key, w.slot, w.value"""

HISTORY = """SELECT id AS review_id, at, who, action, target_kind, target_id, why, before, after FROM review ORDER BY id DESC"""
REDIRECT = """SELECT value FROM decision WHERE target_kind = 'vessel' AND target_id = :key AND action IN ('merge', 'identify')"""
