"""`make bench`: start-up, extraction, ingest, questions, reports. Run it with nothing else running; it is the ratios that are judged."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from benchmarks.stores import filled
from tracker.gazetteer.index import Gazetteer

ROUNDS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for part in (startup, extraction, ingest, questions, reports):
            part(Path(folder))


def say(what: str, figure: str, ratio: str = "", bar: str = "") -> None:
    print(f"{what:58} {figure:>14} {ratio:>26} {bar:>16}", flush=True)


def process_s(words: list[str], env: dict[str, str] | None = None, rounds: int = ROUNDS) -> float:
    """The median time of a whole process, seconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})})
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def best_s(run: Callable[[], object], rounds: int = 3) -> float:
    """The best time of a call, seconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def startup(folder: Path) -> None:
    url = filled(folder / "hundred-thousand.db", 100_000)
    tracker, env = str(Path(sys.executable).parent / "tracker"), {"TRACKER_DB": url}
    baseline = process_s([sys.executable, "-c", "import sqlmodel"])
    say("python -c 'import sqlmodel'", f"{baseline * 1000:.0f} ms", "baseline")
    for what, words, bar in (
        ("tracker vessels list, 5,000 vessels, 100,000 events", ["vessels", "list"], "<= 1.4"),
        ("tracker --help", ["--help"], "<= 0.5"),
        ("tracker vessels list --area 'Mediterranean Sea'", ["vessels", "list", "--area", "Mediterranean Sea"], ""),
    ):
        took = process_s([tracker, *words], env)
        say(what, f"{took * 1000:.0f} ms", f"{took / baseline:.2f} x import sqlmodel", bar)


def corpus(folders: tuple[str, ...]) -> list[str]:
    files = [file for folder in folders for file in sorted((Path(__file__).parent.parent / "tests" / "corpus" / folder).glob("*.json"))]
    return [json.loads(file.read_text(encoding="utf-8"))["document"]["text"] for file in files]


def dense() -> list[str]:
    """Documents of 3 kB made of the annotated reports end to end: hardly a sentence without a ship."""
    joined = "\n\n".join(corpus(("dev", "own")))
    return [joined[at : at + 3000] for at in range(0, len(joined) - 3000, 3000)]


def mixed() -> list[str]:
    """Documents of 3 kB of which a third tells of ships, as in a newspaper."""
    plain = "The council met on the new road, and the mayor thanked all who had come. Prices in the market were higher than a year before. "
    return [text[:1000] + "\n\n" + (plain * 20)[:2000] for text in dense()]


def extraction(folder: Path) -> None:
    load = (
        "import time; t = time.perf_counter(); from tracker.gazetteer.index import load_gazetteer; "
        "from tracker.gazetteer.lexicon import load_lexicon; from tracker.extract.matcher import matcher_of; "
        "matcher_of(load_gazetteer(), load_lexicon()); print(time.perf_counter() - t)"
    )
    times = [float(subprocess.run([sys.executable, "-c", load], check=True, capture_output=True, text=True).stdout) for _ in range(3)]
    say("loading register, gazetteer, lexicon and their index", f"{min(times):.2f} s", "", "<= 0.3 s")
    from benchmarks.baselines import date_search, spacy_pipeline
    from tracker.extract.pipeline import extract
    from tracker.gazetteer.index import load_gazetteer

    gazetteer, published = load_gazetteer(), date(2024, 12, 15)
    for name, documents in (("every sentence a movement", dense()), ("one sentence in three", mixed())):
        extract(documents[0], published, gazetteer)
        took = best_s(lambda documents=documents: [extract(text, published, gazetteer) for text in documents])  # type: ignore[misc]  # bound here
        spacy = spacy_pipeline(gazetteer)
        ratio = "spaCy is not installed"
        if spacy:
            spacy(documents[0])
            baseline = best_s(lambda documents=documents, spacy=spacy: [spacy(text) for text in documents])  # type: ignore[misc]
            say(f"spaCy blank + names, 3 kB, {name}", f"{len(documents) / baseline:.0f} documents/s", "baseline")
            ratio = f"{baseline / took:.2f} x spaCy"
        say(f"extraction, 3 kB on one core, {name}", f"{len(documents) / took:.0f} documents/s", ratio, ">= 500, >= 4 x")
    search = date_search(datetime(2024, 12, 15))
    if search:
        few = dense()[:4]
        slow = best_s(lambda: [search(text) for text in few], 1) / len(few)
        say("dateparser, search_dates, the same texts", f"{1 / slow:.1f} documents/s", "baseline")
    memory(gazetteer, published)


def memory(gazetteer: Gazetteer, published: date) -> None:
    """What stays in memory after many documents: it must not grow with their number."""
    import gc

    from tracker.extract.pipeline import extract

    def resident_mb() -> float:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6 if Path("/proc/self/statm").exists() else 0.0

    documents = mixed()
    for text in documents:
        extract(text, published, gazetteer)
    before = resident_mb()
    for number in range(3000):
        extract(f"{documents[number % len(documents)]} {number}", published, gazetteer)
    say("memory that 3,000 further documents leave behind", f"{resident_mb() - before:.1f} MB", f"of {before:.0f} MB", "flat")


def ingest(folder: Path) -> None:
    from tracker.gazetteer.index import load_gazetteer
    from tracker.intake.documents import ingest as run
    from tracker.intake.options import ReadOptions

    frigates = [v.name for v in load_gazetteer().vessels.entries.values() if v.type == "frigate" and " " in v.name][:150]
    reports = folder / "reports"
    for size, name in ((100, "warm"), (300, "main")):
        (reports / name).mkdir(parents=True)
        for number in range(size):
            told = " ".join(
                f"The frigate {frigates[(number * 7 + k) % len(frigates)]} left Tartus on {(number + k) % 28 + 1} December." for k in range(3)
            )
            (reports / name / f"{number}.txt").write_text(
                f"Report {name} {number}. {told} Two frigates also left the port. {'Nothing else was told. ' * 100}"
            )
    url = f"sqlite:///{folder}/ingest.db"
    run([str(reports / "warm")], ReadOptions(), url)
    begin = time.perf_counter()
    run([str(reports / "main")], ReadOptions(published=date(2024, 12, 29)), url)
    took = time.perf_counter() - begin
    say("ingest into SQLite, end to end", f"{300 / took:.0f} documents/s", "", ">= 200")


def questions(folder: Path) -> None:
    from tracker.domain.when import utc_now
    from tracker.store.queries import EventFilter
    from tracker.store.reader import open_reader

    url = filled(folder / "million.db", 1_000_000)
    with open_reader(url, utc_now()) as reader:
        key = reader.find_vessels("Yelnya")[0]["key"]
        say("latest event of each of 5,000 vessels, 1,000,000 events", f"{best_s(lambda: reader.vessels(EventFilter())) * 1000:.0f} ms")
        say("one vessel's history, 1,000,000 events", f"{best_s(lambda: reader.events(EventFilter(vessels=(key,)))) * 1000:.1f} ms", "", "<= 10 ms")


def peak_mb(command: list[str], env: dict[str, str]) -> float:
    """The memory a process takes at most, in MB. A small process starts it and looks: a child inherits the peak of the one that forks it."""
    look = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run([sys.executable, "-S", "-c", look, *command], check=True, capture_output=True, env=os.environ | env)
    return int(told.stdout) / 1024


def reports(folder: Path) -> None:
    tracker = str(Path(sys.executable).parent / "tracker")
    subprocess.run([tracker, "demo", "--out", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    env = {"TRACKER_DB": f"sqlite:///{folder}/demo/tracker.db"}
    took = process_s([tracker, "report", "movements", "--area", "Mediterranean Sea", "--since", "2024-11-30", "-o", str(folder / "demo.pdf")], env, 3)
    say("the demo's report to PDF", f"{took:.2f} s", "", "<= 2 s")
    url = filled(folder / "report.db", 2000, vessels=200)
    took = process_s([tracker, "report", "movements", "-o", str(folder / "large.pdf")], {"TRACKER_DB": url}, 3)
    peak = peak_mb([tracker, "report", "movements", "-o", str(folder / "large.pdf")], {"TRACKER_DB": url})
    say("report of 200 vessels, 2,000 events to PDF", f"{took:.2f} s", f"{peak:.0f} MB peak", "<= 5 s, 500 MB")


if __name__ == "__main__":
    main()
