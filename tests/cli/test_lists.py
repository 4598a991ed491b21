"""The lists and shows: what people and programs get, and what a wrong question costs."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.builders import claim, document, make_store, put
from tracker.domain import columns
from tracker.domain.kinds import VesselType
from tracker.domain.records import VesselEntry, VesselRecord
from tracker.store import repository
from tracker.store.engine import copy_sqlite, session

AS_OF = ("--as-of", "2024-12-20")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a few events of named and unnamed vessels."""
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    url = make_store(f"sqlite:///{path}")
    unnamed = VesselRecord("unnamed/0123", "2 × frigate, unnamed", None, 2, VesselType.FRIGATE, country="RU")
    put(
        url,
        document("Yelnya left Tartus on Monday. Two frigates reportedly left too.", title="First"),
        claim("aaaa1", origin="tartus", quote="Yelnya left Tartus on Monday."),
        claim("bbbb2", vessel="unnamed/0123", modality="reported", origin="tartus", quote="Two frigates reportedly left too."),
        new=(unnamed,),
    )
    put(
        url,
        document("Kildin is in Baltiysk. Yelnya will sail to Baltiysk.", published="2024-12-10", source="Wire B"),
        claim("cccc3", "in_port", first=None, last="2024-12-10", vessel="ru/kildin", place="baltiysk", quote="Kildin is in Baltiysk."),
        claim("dddd4", "arrival", first="2024-12-30", modality="planned", destination="baltiysk", quote="Yelnya will sail to Baltiysk."),
    )
    return path


@pytest.fixture
def filled(store: Path, template: Path) -> Path:
    """A copy of the template, which plain commands use."""
    store.parent.mkdir(parents=True)
    copy_sqlite(template, store)
    return store


def test_vessels_list(run, filled: Path) -> None:
    code, out, err = run("vessels", "list", *AS_OF)
    assert code == 0
    lines = out.splitlines()
    heads = ["vessel", "type", "class", "project", "hull", "cc", "last known", "when", "age", "certainty", "told", "events"]
    assert re.split(r"\s{2,}", lines[0]) == heads
    assert [line.split("  ")[0] for line in lines[1:]] == ["2 × frigate, unnamed", "Kildin", "Yelnya"]
    assert "left Tartus" in lines[3]
    assert "18 d" in lines[3]
    assert "by 10 Dec 2024 (undated)" in lines[2]
    assert "≥ 10 d" in lines[2]
    assert "as of 2024-12-20 23:59 UTC" in err


def test_the_whole_register(run, filled: Path) -> None:
    assert run("vessels", "list", "--type", "oiler", "--format", "csv")[1].count("\n") == 2
    assert run("vessels", "list", "--register", "--format", "jsonl")[1].count("\n") == 3


FORMATS = {
    "csv": lambda text: list(csv.DictReader(io.StringIO(text))),
    "tsv": lambda text: list(csv.DictReader(io.StringIO(text), delimiter="\t")),
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "md": lambda text: text.splitlines()[2:],
    "table": lambda text: text.splitlines()[1:],
}
LISTS = {
    ("vessels", "list"): (3, columns.VESSELS),
    ("events", "list"): (4, columns.EVENTS),
    ("places", "list"): (4, columns.PLACES),
    ("sources", "list"): (2, columns.SOURCES),
    ("sources", "documents"): (2, columns.DOCUMENTS),
}


@pytest.mark.parametrize("how", FORMATS)
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_in_every_format(run, filled: Path, words: tuple[str, ...], how: str) -> None:
    count, names = LISTS[words]
    code, out, _ = run(*words, "--format", how)
    rows = FORMATS[how](out)
    assert (code, len(rows)) == (0, count)
    if how in ("csv", "tsv", "json", "jsonl"):
        assert tuple(rows[0]) == names


FILTERS = [
    (("--country", "ru"), 4),
    (("--type", "frigate"), 1),
    (("--class", "altay"), 2),
    (("--area", "Mediterranean Sea"), 2),
    (("--place", "Tartous"), 2),
    (("--kind", "departure"), 2),
    (("--modality", "planned"), 1),
    (("--vessel", "ельня"), 2),
    (("--vessel", "SSV-512"), 1),
    (("--vessel", "ru/kildin"), 1),
    (("--source", "Wire B"), 2),
    (("--since", "2024-12-03"), 2),
    (("--until", "2024-12-05"), 2),
    (("--since", "2024-12-01..2024-12-05"), 2),
    (("--unnamed",), 1),
    (("--named",), 3),
    (("--known-on", "2024-12-05"), 2),
    (("--limit", "1"), 1),
]


@pytest.mark.parametrize(("words", "count"), FILTERS)
def test_filters(run, filled: Path, words: tuple[str, ...], count: int) -> None:
    code, out, _ = run("events", "list", "--format", "jsonl", *AS_OF, *words)
    assert (code, out.count("\n")) == (0, count)


def test_sort(run, filled: Path) -> None:
    order = [json.loads(line)["vessel"] for line in run("vessels", "list", "--sort", "-age_days", "--format", "jsonl")[1].splitlines()]
    assert order[-1] == "Kildin"
    assert run("vessels", "list", "--sort", "nonsense")[0] == 2


WRONG = [
    (("vessels", "list", "--country", "Russia"), 2, "two-letter"),
    (("events", "list", "--since", "tomorrowish"), 2, "no date"),
    (("events", "list", "--kind", "sinking"), 2, ""),
    (("events", "list", "--since", "2024-12-05", "--until", "2024-12-01"), 2, "after"),
    (("vessels", "list", "--format", "xml"), 2, ""),
    (("vessels", "show", "Yelnaya"), 3, "did you mean Yelnya"),
    (("events", "list", "--area", "Tartuss"), 3, "did you mean Tartus"),
    (("where", "Nobody at all"), 3, "no vessel"),
    (("events", "list", "--source", "Wire"), 3, "did you mean Wire A"),
    (("events", "list", "--class", "Altai"), 3, "did you mean Altay"),
    (("places", "list", "--country", "Syria"), 2, "two-letter"),
    (("events", "show", "zzzz"), 3, "no event"),
    (("events", "list", "--country", "US"), 3, "no event fits"),
    (("places", "show", "Atlantis"), 3, "no place"),
    (("vessels",), 2, ""),
    (("nonsense",), 2, ""),
    (("where", "Yelnya", "--on", "2024-12"), 2, "more than one day"),
    (("events", "list", "--limit", "0"), 2, ""),
    (("events", "list", "--as-of", "x"), 2, "no time"),
    (("events", "list", "--as-of", "-999999d"), 2, "no time"),
    (("vessels", "show", "\udcff"), 2, "encoding"),
    (("vessels", "show", ""), 3, "no vessel"),
    (("places", "list", "--inside", "Atlantis"), 3, "no place"),
    (("places", "list", "--kind", "bay"), 3, "no place fits"),
]


@pytest.mark.parametrize(("words", "code", "why"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, tuple) else None)
def test_wrong_questions(run, filled: Path, words: tuple[str, ...], code: int, why: str) -> None:
    found, _, err = run(*words)
    assert found == code
    assert why in err


def test_no_store_says_what_would_work(run, store: Path) -> None:
    for words in (("vessels", "list"), ("events", "list"), ("where", "Yelnya"), ("sources", "list"), ("db", "check")):
        code, _, err = run(*words)
        assert code == 3, words
        assert "tracker demo" in err


def test_shows_quote_the_very_words(run, filled: Path) -> None:
    assert "“Yelnya left Tartus on Monday.”" in run("vessels", "show", "Yelnya")[1]
    shown = run("events", "show", "aaaa")[1]
    assert "»Yelnya left Tartus on Monday.« Two frigates reportedly left too." in shown
    assert "[F6]" in shown
    assert "left Tartus" in run("places", "show", "Syria")[1]
    assert "an area, not a point" in run("places", "show", "Mediterranean Sea")[1]


def test_where(run, filled: Path) -> None:
    probably = run("where", "Yelnya", "--on", "2024-12-05", *AS_OF)[1]
    assert probably.startswith(
        "Yelnya on 5 Dec 2024 · probably, by a report 3 days before: left Tartus\n    2 Dec 2024 · left Tartus · asserted · age 18 d"
    )
    assert "“Yelnya left Tartus on Monday.”" in probably
    assert "not known, last seen 17 days before: left Tartus" in run("where", "Yelnya", "--on", "2024-12-19", *AS_OF)[1]
    assert "unknown: no report places it by then\n  first known  2 Dec 2024" in run("where", "Yelnya", "--on", "2024-12-01")[1]
    assert "unknown: no report" in run("where", "Kildin", "--known-on", "2024-12-09")[1]


def test_what_lies_between_two_reports(run, filled: Path) -> None:
    again = "On 12 December Yelnya was in Baltiysk."
    put(f"sqlite:///{filled}", document(again, published="2024-12-13"), claim("ffff6", "in_port", first="2024-12-12", place="baltiysk", quote=again))
    out = run("where", "Yelnya", "--on", "2024-12-05")[1]
    assert "next known  12 Dec 2024 · in Baltiysk · asserted" in out
    assert "in between  no report on 9 days, 3–11 Dec 2024" in out
    assert "present: in Baltiysk" in run("where", "Yelnya", "--on", "2024-12-12")[1]


def test_of_several_vessels_of_a_name_each_answer_says_whose_it_is(run, filled: Path) -> None:
    url = f"sqlite:///{filled}"
    with session(url) as work:
        repository.seed(work, [], [VesselEntry("ru/yelnya-1265", "Yelnya", VesselType.MINE_WARFARE_SHIP, country="RU", hull="BT-1")])
    put(url, document("The sweeper Yelnya left Baltiysk."), claim("f1", first="2024-12-09", vessel="ru/yelnya-1265", origin="baltiysk"))
    out = run("where", "Yelnya", "--on", "2024-12-05", *AS_OF)[1]
    assert "Yelnya (oiler, ru/yelnya) on 5 Dec 2024 · probably" in out
    assert "Yelnya (mine warfare ship, BT-1, ru/yelnya-1265) on 5 Dec 2024 · unknown" in out
    code, _, err = run("report", "vessel", "Yelnya", "-o", str(filled.with_name("a.pdf")), *AS_OF)
    assert (code, "name one by its key" in err) == (2, True)


def test_where_as_json(run, filled: Path) -> None:
    (answer,) = json.loads(run("where", "Yelnya", "--on", "2024-12-05", "--format", "json")[1])
    assert tuple(answer) == columns.WHERE
    assert (answer["certainty"], answer["modality"], answer["quote"]) == ("probably", "asserted", "Yelnya left Tartus on Monday.")


def test_what_was_known_on_a_day_does_not_hear_of_later_documents(run, filled: Path) -> None:
    put(
        f"sqlite:///{filled}",
        document("Yelnya was in fact in Baltiysk on 4 December.", published="2024-12-18", source="Wire C"),
        claim("eeee5", "in_port", first="2024-12-04", place="baltiysk", quote="Yelnya was in fact in Baltiysk on 4 December."),
    )
    assert "in Baltiysk" in run("where", "Yelnya", "--on", "2024-12-05")[1]
    assert "left Tartus" in run("where", "Yelnya", "--on", "2024-12-05", "--known-on", "2024-12-05")[1]


def test_lists_of_what_was_known_on_a_day_do_not_hear_of_later_documents(run, filled: Path) -> None:
    later = "Yelnya left Tartus on 1 December, it is now clear."
    put(
        f"sqlite:///{filled}",
        document(later, published="2024-12-18", source="Wire C"),
        claim("eeee5", first="2024-12-01", last="2024-12-02", quote=later),
    )
    known = ("--known-on", "2024-12-05", "--format", "jsonl", *AS_OF)
    rows = [json.loads(line) for line in run("vessels", "list", *known)[1].splitlines()]
    assert [(row["vessel"], row["last_place"], row["events"]) for row in rows] == [
        ("2 × frigate, unnamed", "left Tartus", 1),
        ("Yelnya", "left Tartus", 1),
    ]
    event = next(json.loads(line) for line in run("events", "list", "--vessel", "Yelnya", *known)[1].splitlines())
    assert (event["claims"], event["last_published"], event["start"]) == (1, "2024-12-03", "2024-12-02")
    assert tuple(event) == columns.EVENTS
    now = [json.loads(line) for line in run("events", "list", "--vessel", "Yelnya", "--kind", "departure", "--format", "jsonl")[1].splitlines()]
    assert [row["claims"] for row in now] == [2]


def test_an_unpublished_document_is_known_from_the_day_it_was_read(run, filled: Path) -> None:
    words = "Kildin passed Tartus."
    passing = claim("eeee5", "transit", first="2024-12-04", vessel="ru/kildin", place="tartus", quote=words)
    put(f"sqlite:///{filled}", document(words, published=None), passing)  # the builder reads it on 20 December
    ask = ("events", "list", "--kind", "transit", *AS_OF, "--known-on")
    assert run(*ask, "2024-12-19")[0] == 3
    assert "passed Tartus" in run(*ask, "2024-12-20")[1]


@pytest.mark.parametrize("words", [words for words, _ in FILTERS if "--known-on" not in words and "--limit" not in words], ids=" ".join)
def test_when_all_is_known_the_answer_is_that_of_the_store(run, filled: Path, words: tuple[str, ...]) -> None:
    for family in ("events", "vessels"):
        ask = (family, "list", "--format", "json", *AS_OF, *words)
        assert json.loads(run(*ask, "--known-on", "2025-01-01")[1]) == json.loads(run(*ask)[1])


def test_the_newest_report_told_is_one_that_was_known(run, filled: Path) -> None:
    assert "newest report 10 Dec 2024" in run("events", "list")[2]
    assert "by what was published until 5 Dec 2024 · newest report 3 Dec 2024" in run("events", "list", "--known-on", "2024-12-05")[2]


def test_a_last_known_place_is_never_later_than_as_of(run, filled: Path) -> None:
    rows = {row["vessel"]: row for row in json.loads(run("vessels", "list", "--as-of", "2024-12-01", "--format", "json")[1])}
    assert rows["Yelnya"]["last_place"] is None
    assert rows["Yelnya"]["certainty"] == "unknown"


def test_a_plan_does_not_read_as_done(run, filled: Path) -> None:
    out = run("events", "list", "--modality", "planned", *AS_OF)[1]
    assert "to arrive at Baltiysk" in out
    assert "ahead" in out


def test_events_show_for_programs(run, filled: Path) -> None:
    (row,) = json.loads(run("events", "show", "aaaa1", "--format", "json")[1])
    assert tuple(row) == columns.CLAIMS
    assert row["quote"] == "Yelnya left Tartus on Monday."


@pytest.mark.parametrize("prefix", ["%", "_", "a%", ""])
def test_an_id_is_no_pattern(run, filled: Path, prefix: str) -> None:
    assert run("events", "show", prefix)[0] == 3


HEAVY = ("sqlmodel", "sqlalchemy", "pandas", "matplotlib", "pydantic", "yaml", "alembic", "trafilatura", "typst", "rich", "rapidfuzz", "numpy")


def test_a_list_imports_nothing_heavy(filled: Path) -> None:
    program = f"""
import sys
from tracker.cli.app import main
code = main(["vessels", "list"])
print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)
sys.exit(code)"""
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, "TRACKER_DB": str(filled)}, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("words", [["vessels", "list"], ["events", "list"], ["places", "list"], ["sources", "list"]], ids=" ".join)
def test_a_terminal_is_never_overrun_and_no_color_is_kept(filled: Path, words: list[str], width: int) -> None:
    out = on_a_terminal(filled, words, {"COLUMNS": str(width), "NO_COLOR": "1"})
    assert out
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in out.splitlines()) <= width
    assert "\x1b[3" not in out


@pytest.mark.parametrize(
    "words",
    [
        ["vessels", "list", "--area", "Tartus", "--type", "frigate", "--since", "2031"],
        ["fleet", "at", "Tartus", "--on", "2024-12-05"],
        ["events", "list"],
    ],
    ids=" ".join,
)
def test_talk_on_a_terminal_breaks_no_word(filled: Path, words: list[str]) -> None:
    def lines(columns: int) -> list[str]:
        return [line.rstrip("\r") for line in on_a_terminal(filled, words, {"COLUMNS": str(columns), "NO_COLOR": "1"}, talk=True).splitlines()]

    wide, narrow = lines(400), lines(44)
    assert wide and max(map(len, narrow)) <= 44 < max(map(len, wide))
    assert " ".join(" ".join(narrow).split()) == " ".join(" ".join(wide).split())


def test_a_terminal_that_cannot_show_a_character_gets_a_question_mark(filled: Path) -> None:
    env = {**os.environ, "TRACKER_DB": str(filled), "PYTHONIOENCODING": "ascii"}
    program = "from tracker.cli.app import run; import sys; sys.argv = ['tracker', 'vessels', 'list']; run()"
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert "2 ? frigate, unnamed" in done.stdout


def test_a_reader_that_stops_early_sees_no_traceback(filled: Path) -> None:
    env = {**os.environ, "TRACKER_DB": str(filled)}
    program = f"{sys.executable} -m tracker events list --format jsonl | head -c 10"
    done = subprocess.run(["bash", "-c", program], env=env, capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("{")


def on_a_terminal(store: Path, words: list[str], env: dict[str, str], *, talk: bool = False) -> str:
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *words],
        stdout=subprocess.DEVNULL if talk else side,
        stderr=side if talk else subprocess.DEVNULL,
        env={**os.environ, "TRACKER_DB": str(store), "TERM": "xterm", **env},
    )
    os.close(side)
    chunks = []
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    process.wait()
    os.close(main)
    return b"".join(chunks).decode()


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (("places", "list"), ("Mediterranean Sea", "naval base · SY", "10 Dec 2024")),
        (("sources", "documents"), ("2024-12-10", "Wire B · ")),
    ],
)
def test_a_narrow_terminal_breaks_no_name_and_no_date(filled: Path, words: tuple[str, ...], whole: tuple[str, ...]) -> None:
    out = on_a_terminal(filled, [*words, *AS_OF], {"COLUMNS": "80"})
    assert all(word in out for word in whole), out
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()) <= 80


def test_what_is_known_only_later_than_the_clock_lies_ahead(run, filled: Path) -> None:
    early = ("--as-of", "2024-12-05")
    kildin = next(line for line in run("events", "list", "--vessel", "Kildin", *early)[1].splitlines() if "Kildin" in line)
    assert re.search(r"by 10 Dec 2024 \(undated\) .* ahead ", kildin)
    assert re.search(r"^Baltiysk .* ahead$", run("places", "list", *early)[1], re.MULTILINE)
    assert re.search(r"^Wire B .* ahead$", run("sources", "list", *early)[1], re.MULTILINE)


def test_days_are_days(run, filled: Path) -> None:
    (first, *_) = json.loads(run("events", "list", "--format", "json", *AS_OF)[1])
    assert date.fromisoformat(first["start"]) == date(2024, 12, 2)
    assert first["as_of"] == "2024-12-20T23:59:59Z"


@pytest.mark.parametrize(
    "words",
    [("vessels", "list"), ("fleet", "unseen"), ("fleet", "at", "Tartus"), ("plot", "map", "-o", "x.png"), ("report", "movements", "-o", "x.pdf")],
)
def test_a_store_without_a_report_says_so_instead_of_advice_about_filters(run, store: Path, words: tuple[str, ...]) -> None:
    assert run("db", "init")[0] == 0
    code, out, err = run(*words)
    assert (code, out) == (3, "")
    assert err.endswith("; the store holds no report yet, try `tracker ingest FILE`\n")
    assert "drop a filter" not in err
    assert "no report in the store" in run("places", "show", "Tartus")[2]


def test_what_a_page_calls_itself_never_steers_the_terminal(run, store: Path, tmp_path: Path) -> None:
    post = {"text": "The oiler Yelnya left Tartus on 2 December 2024.", "published": "2024-12-05"}
    (tmp_path / "a.jsonl").write_text(json.dumps(post | {"source": "Wire \x1b]0;mine\x07", "title": "T \x1b[41m \u202e red"}))
    assert run("ingest", tmp_path / "a.jsonl")[0] == 0
    (document,) = json.loads(run("sources", "documents", "--format", "json")[1])
    asked = (
        ("sources", "list"),
        ("sources", "documents"),
        ("sources", "show", document["document_id"]),
        ("events", "list"),
        ("vessels", "show", "Yelnya"),
    )
    for words in (*asked, ("where", "Yelnya"), ("events", "list", "--format", "md")):
        told = "".join(run(*words)[1:])
        assert not {"\x1b", "\x07", "\u202e"} & set(told), words
    assert document["title"] == "T \x1b[41m \u202e red", "programs get what was read"


def test_an_unnamed_record_is_found_by_what_it_is_where_and_when(run, filled: Path) -> None:
    words = "2 frigates, Tartus, 2024-12-02"
    assert "unnamed/0123" in run("vessels", "show", words, *AS_OF)[1]
    assert run("where", words, "--on", "2024-12-03", *AS_OF)[1].startswith("2 × frigate, unnamed on 3 Dec 2024")
    assert json.loads(run("where", words, "--since", "2024-12-01", "--format", "json", *AS_OF)[1])[0]["vessel_key"] == "unnamed/0123"
    code, _, err = run("vessels", "show", "3 frigates, Tartus, 2024-12-02", *AS_OF)
    assert (code, "no unnamed record fits" in err) == (3, True)
