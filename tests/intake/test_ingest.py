"""Reports in: whole or not at all, none twice, and a bad one never stops the others."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

GOOD = "The Russian oiler Yelnya left Tartus on 2 December 2024. Two frigates also left the port."


def counts(run, store: Path) -> tuple[int, int]:
    _, documents, _ = run("sources", "documents", "--format", "jsonl")
    _, events, _ = run("events", "list", "--format", "jsonl")
    return documents.count("\n"), events.count("\n")


def test_a_report_is_read_once(run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(GOOD)
    code, out, _ = run("ingest", file, "--published", "2024-12-03", "--source", "Wire A", "--format", "json")
    assert code == 0
    assert json.loads(out)["documents"] == 1
    before = run("events", "list", "--format", "jsonl", "--as-of", "2024-12-08")[1]
    (tmp_path / "copy.md").write_text(GOOD)
    code, out, _ = run("ingest", file, tmp_path / "copy.md", "--format", "json")
    summary = json.loads(out)
    assert (code, summary["documents"], summary["duplicates"], summary["events"]) == (0, 0, 2, 0)
    assert run("events", "list", "--format", "jsonl", "--as-of", "2024-12-08")[1] == before


def test_a_copy_of_the_file_alone_has_what_was_read(run, store: Path, tmp_path: Path) -> None:
    """Though the process that read it still holds the store open, with a log beside the file."""
    (tmp_path / "report.txt").write_text(GOOD)
    assert run("ingest", tmp_path / "report.txt", "--published", "2024-12-03")[0] == 0
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.read_bytes())
    assert run("events", "list", "--format", "jsonl", "--db", copy)[1].count("\n") == 2


PDF_STUB = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
BOMB = "<html><body><article>" + "<div>" * 100_000 + "x"
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n ",
    "binary.txt": bytes(range(256)) * 40,
    "nul.txt": b"Yelnya\x00\x00left Tartus" * 10,
    "undecodable.txt": b"\xff\xfe\x00\xd8\x00",
    "huge.txt": b"Yelnya left Tartus. " * 300_000,
    "bomb.html": BOMB.encode(),
    "entities.html": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b;</p></body></html>',
    "brackets.html": b"<html>" + b"<" * 3_000_000,
    "nothing.html": b"<html><head><title>x</title></head><body></body></html>",
    "broken.pdf": PDF_STUB,
    "cut.pdf": b"%PDF-1.7\n",
    "zipped.txt": gzip.compress(b"text " * 1000),
    "front.md": b"---\ntitle: only this\n---\n",
    "posts.jsonl": b'{"no": "text"}\n[1, 2\n',
}


def test_bad_inputs_cost_one_line_each_and_the_others_are_read(run, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    (folder / "zz good.md").write_text(f"---\npublished: 2024-12-04\nsource: Wire B\n---\n{GOOD} She is now heading for Baltiysk.")
    code, out, err = run("ingest", folder, tmp_path / "missing.txt", "ftp://example.org/x", "--format", "json")
    summary = json.loads(out)
    assert code == 1
    assert summary["documents"] == 2
    lines = [line for line in err.splitlines() if line.startswith("not read: ")]
    assert len(lines) == len(BAD) + 1 + 2  # posts.jsonl has two bad lines
    for name in [*BAD, "missing.txt", "ftp://example.org/x"]:
        assert sum(name in line for line in lines) == (2 if name == "posts.jsonl" else 1), name
    assert counts(run, store)[0] == 2


ENCODINGS = [("utf-8-sig", "Ельня"), ("utf-16", "Ельня"), ("cp1251", "Название корабля: Ельня. Порт: Тартус.")]


@pytest.mark.parametrize(("encoding", "words"), ENCODINGS)
def test_encodings(run, store: Path, tmp_path: Path, encoding: str, words: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(f"{GOOD}\r\n{words}".encode(encoding))
    code, out, _ = run("extract", file, "--published", "2024-12-03", "--format", "json")
    assert code == 0
    event = json.loads(out)["events"][0]
    assert event["evidence"] == "The Russian oiler Yelnya left Tartus on 2 December 2024."
    assert event["span"][0] == 0


def test_front_matter_sidecar_and_options_in_that_order(run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text(f"---\ntitle: From the file\nsource: File\npublished: 2024-12-03\n---\n\n{GOOD}")
    (tmp_path / "report.md.yaml").write_text("source: Beside\n")
    assert run("ingest", file, "--title", "From the option")[0] == 0
    _, out, _ = run("sources", "documents", "--format", "json")
    (document,) = json.loads(out)
    assert (document["title"], document["source"], document["published"]) == ("From the option", "Beside", "2024-12-03")


def test_impossible_dates_stay_open_with_a_warning(run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("---\npublished: 2024-02-31\n---\nThe Russian oiler Yelnya left Tartus yesterday.")
    code, _, err = run("ingest", file)
    assert code == 0
    assert "is no date" in err
    _, out, _ = run("events", "list", "--format", "json")
    (event,) = json.loads(out)
    assert (event["start"], event["end"], event["precision"], event["when"]) == (None, None, "open", "undated")


def test_undated_claims_are_known_by_the_day_of_publication_and_never_dated_by_it(run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("USS Nimitz is moored at Naval Station Norfolk after a four-month transit from Bremerton.")
    run("ingest", file, "--published", "2024-12-15")
    (event,) = json.loads(run("events", "list", "--format", "json", "--as-of", "2024-12-20")[1])
    assert (event["kind"], event["place"], event["start"], event["when"], event["age_days"]) == (
        "in_port",
        "Norfolk",
        None,
        "by 15 Dec 2024 (undated)",
        5,
    )


@pytest.mark.parametrize("indent", [None, 2])
def test_posts_come_as_one_json_text_as_well(run, store: Path, tmp_path: Path, indent: int | None) -> None:
    posts = [{"text": GOOD, "published": "2024-12-03", "source": "Desk"}, {"text": "Kildin is in Tartus.", "published": "2024-12-04"}]
    (tmp_path / "one.json").write_text(json.dumps(posts[0], indent=indent))
    (tmp_path / "list.json").write_text(json.dumps([*posts, {"no": "words"}], indent=indent))
    code, out, err = run("ingest", tmp_path / "one.json", tmp_path / "list.json", "--format", "json")
    summary = json.loads(out)
    assert (code, summary["documents"], summary["duplicates"]) == (1, 2, 1)
    assert 'list.json: post 3: the post has no "text"' in err


def test_an_annotated_document_is_told_what_reads_it_in_one_line(run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text(json.dumps({"document": {"text": GOOD}, "vessels": [], "events": []}, indent=1))
    code, _, err = run("ingest", tmp_path / "gold.json")
    assert code == 1
    assert [line for line in err.splitlines() if "gold.json" in line] == [
        f"not read: {tmp_path / 'gold.json'}: this is an annotated document; `tracker evaluate` reads it"
    ]


def test_posts_are_documents_of_their_own(run, store: Path, tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"
    posts.write_text(
        json.dumps(
            {
                "url": "https://posts.example/1",
                "author": "Spotter",
                "published": "2024-12-03",
                "text": "Yelnya, a Russian oiler, left Tartus yesterday.",
            }
        )
        + "\nnot json\n"
    )
    code, _, err = run("ingest", posts)
    assert code == 1
    assert "posts.jsonl:2" in err
    (document,) = json.loads(run("sources", "documents", "--format", "json")[1])
    assert (document["source"], document["url"]) == ("Spotter", "https://posts.example/1")
    (event,) = json.loads(run("events", "list", "--format", "json")[1])
    assert event["start"] == "2024-12-02"


def test_the_page_of_a_quote_in_a_pdf_is_kept(run, store: Path) -> None:
    from tracker.resources import resource

    run("ingest", resource("seeds", "demo", "2025-01-12-quarterly-brief.pdf"))
    events = json.loads(run("events", "list", "--format", "json")[1])
    assert {e["page"] for e in events if e["vessel"] == "Kildin"} == {2}
    assert {e["page"] for e in events if e["vessel"] == "Admiral Gorshkov"} == {1}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/slow":
            time.sleep(3)
        elif self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # the reader hangs up; the server would print a traceback of its own
                for _ in range(2000):
                    self.wfile.write(b"Yelnya left Tartus. " * 500)
        elif self.path == "/report":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(
                f"<html><head><title>T</title></head><body><article><h1>T</h1><p>{GOOD}</p><p>{GOOD} Again.</p></article></body></html>".encode()
            )
        else:
            self.send_response(404)
            self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def test_urls(run, store: Path, server: str) -> None:
    assert run("ingest", f"{server}/report", "--allow-private", "--published", "2024-12-03", "--source", "Web")[0] == 0
    (document,) = json.loads(run("sources", "documents", "--format", "json")[1])
    assert document["url"] == f"{server}/report"
    assert document["retrieved_at"]


REFUSED = [
    ("http://127.0.0.1:1/x", "private or local"),
    ("http://localhost/x", "private or local"),
    ("http://[::1]/x", "private or local"),
    ("http://10.1.2.3/", "private or local"),
    ("http://169.254.169.254/latest", "private or local"),
    ("http://[::ffff:127.0.0.1]/", "private or local"),
    ("file:///etc/passwd", "only http and https"),
    ("gopher://example.org/", "only http and https"),
    ("http://", "no host"),
    ("http://nowhere.invalid/", "no such host"),
]


@pytest.mark.parametrize(("url", "why"), REFUSED)
def test_refused_urls(run, store: Path, url: str, why: str) -> None:
    code, _, err = run("ingest", url)
    assert code == 1
    assert why in err


@pytest.mark.parametrize(("path", "why"), [("/loop", "redirects"), ("/slow", "longer than"), ("/endless", "over 5 MB"), ("/none", "answered 404")])
def test_urls_that_fail(run, store: Path, server: str, path: str, why: str) -> None:
    patience = "1.5" if path == "/slow" else "60"  # a busy machine must not turn one failure into another
    code, _, err = run("ingest", f"{server}{path}", "--allow-private", "--timeout", patience)
    assert code == 1
    assert why in err


def test_a_kill_at_any_moment_leaves_whole_documents_and_the_rerun_completes(run, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(150):
        (folder / f"{n:03}.txt").write_text(
            f"Report {n}. The Russian oiler Yelnya left Tartus on {n % 28 + 1} December 2024. Two frigates also left the port."
        )
    run("db", "init")
    for wait in (0.9, 1.3):
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "ingest", str(folder)],
            env={**os.environ, "TRACKER_DB": str(store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert run("db", "check")[0] == 0
    assert run("ingest", folder)[0] == 0
    assert run("db", "check")[0] == 0
    assert counts(run, store)[0] == 150


def test_two_processes_at_once_lose_and_double_nothing(run, store: Path, tmp_path: Path) -> None:
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
        for n in range(30):
            (tmp_path / side / f"{n}.txt").write_text(
                f"Report {n if n < 10 else side + str(n)}. The Russian oiler Yelnya left Tartus on {n % 28 + 1} December 2024."
            )
    run("db", "init")
    command = [sys.executable, "-m", "tracker", "ingest"]
    both = [
        subprocess.Popen(
            [*command, str(tmp_path / side)], env={**os.environ, "TRACKER_DB": str(store)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for side in ("a", "b")
    ]
    assert [p.wait() for p in both] == [0, 0], [p.stderr.read() for p in both if p.stderr]
    assert counts(run, store)[0] == 50
    assert run("db", "check")[0] == 0


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2024-02-30", "2024-12", "soon"])
def test_an_impossible_publication_date_is_wrong_usage(run, store: Path, tmp_path: Path, day: str) -> None:
    file = tmp_path / "report.txt"
    file.write_text(GOOD)
    assert run("extract", file, "--published", day)[0] == 2
    file.with_name("report.txt.yaml").write_text(f"published: {day}\n")
    code, out, _ = run("extract", file, "--format", "json")
    assert code == 0
    assert json.loads(out)["document"]["published"] is None
