"""BibTeX and CSL-JSON: one entry a document, keys that stay, nothing that breaks out of a field."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime

import pytest

from tests.export.hostile import HOSTILE
from tracker.export import write
from tracker.export.citations import citation_key

ROW = {
    "document_id": "1f0c2b9a7d3e" + "0" * 52,
    "source": "Wire A",
    "title": "Yelnya leaves",
    "url": "https://example.org/a_b?c=1%202",
    "archive_url": None,
    "published": date(2024, 12, 3),
    "retrieved_at": datetime(2024, 12, 4, 6, tzinfo=UTC),
    "demo": False,
    "author": None,
    "language": "en",
}


def written(how: str, **changes: object) -> str:
    stream = io.StringIO()
    write([ROW | changes], (), how, stream)
    return stream.getvalue()


def test_an_entry_of_bibtex() -> None:
    assert written("bibtex") == (
        "@misc{wire-a-2024-12-03-1f0c2b9a7d3e,\n"
        "  title = {{Yelnya leaves}},\n"
        "  author = {{Wire A}},\n"
        "  howpublished = {Wire A},\n"
        "  year = {2024},\n"
        "  month = {12},\n"
        "  day = {3},\n"
        "  url = {https://example.org/a_b?c=1%202},\n"
        "  urldate = {2024-12-04},\n"
        "  langid = {en},\n"
        f"  note = {{SHA-256 {ROW['document_id']}}},\n"
        "}\n"
    )


def test_an_item_of_csl() -> None:
    assert json.loads(written("csl")) == [
        {
            "id": "wire-a-2024-12-03-1f0c2b9a7d3e",
            "type": "webpage",
            "title": "Yelnya leaves",
            "author": [{"literal": "Wire A"}],
            "container-title": "Wire A",
            "issued": {"date-parts": [[2024, 12, 3]]},
            "URL": "https://example.org/a_b?c=1%202",
            "accessed": {"date-parts": [[2024, 12, 4]]},
            "language": "en",
            "note": f"SHA-256: {ROW['document_id']}",
        }
    ]


def test_an_undated_document_gets_no_date() -> None:
    assert "year" not in written("bibtex", published=None)
    assert "issued" not in json.loads(written("csl", published=None))[0]
    assert citation_key(ROW | {"published": None}) == "wire-a-undated-1f0c2b9a7d3e"


def test_a_demo_report_says_so() -> None:
    assert "demo report of an invented source" in written("bibtex", demo=True)
    assert json.loads(written("csl", demo=True))[0]["genre"] == "demo report"


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_out_of_its_field(name: str) -> None:
    entry = written("bibtex", title=name, source=name, author=name, url=f"https://example.org/{name}")
    bare = re.sub(r"\\[{}]", "", entry)
    depth = 0
    for letter in bare:
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0
    assert depth == 0
    assert len(entry.splitlines()) == len(written("bibtex").splitlines())
    assert re.fullmatch(r"[a-z0-9-]+", citation_key(ROW | {"source": name}))
    assert json.loads(written("csl", title=name))[0]["title"] == name


@pytest.mark.parametrize(
    ("text", "tex"),
    [("a & b", r"a \& b"), ("50%", r"50\%"), ("x_1", r"x\_1"), ("{}", r"\{\}"), ("\\", r"\textbackslash{}"), ("a\nb", "a b"), ("Ельня", "Ельня")],
)
def test_tex_is_escaped(text: str, tex: str) -> None:
    assert f"title = {{{{{tex}}}}}" in written("bibtex", title=text)
