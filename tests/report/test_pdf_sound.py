"""A report's PDF looked at as a validator does: whole, tagged, every font inside, every link and bookmark with a target, nothing off the page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

from tests.report import scenes
from tests.report.test_pages import HOSTILE, PICTURES, facts_of, objects_in
from tracker.report import pages
from tracker.report.layout import movement_book

BOOKS = {"tartus": movement_book(scenes.tartus_facts(), PICTURES)} | {
    f"hostile {number}": pages.drawable(movement_book(facts_of(name), PICTURES))[0] for number, name in enumerate(HOSTILE)
}


@pytest.fixture(scope="module", params=BOOKS.values(), ids=BOOKS)
def data(request: pytest.FixtureRequest) -> bytes:
    return pages.pdf(request.param, PICTURES, evidence=b"{}")


def test_every_object_and_every_page_can_be_read(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data), strict=True)
    assert len(objects_in(data)) > 50
    for page in reader.pages:
        assert ContentStream(page.get_contents(), reader).operations


def test_every_font_is_inside_and_can_be_read_back(data: bytes) -> None:
    fonts = [thing for thing in objects_in(data) if thing.get("/Type") == "/Font"]
    described = [thing["/FontDescriptor"] for thing in fonts if "/FontDescriptor" in thing]
    assert len(described) >= 3
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in described)
    assert all("/ToUnicode" in font for font in fonts if font["/Subtype"] == "/Type0")


def test_what_it_says_of_itself(data: bytes) -> None:
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    told = root["/Metadata"].get_object().get_data().decode()
    for mark in ("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"):
        assert mark in told
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"]
    assert [spec["/AFRelationship"] for spec in objects_in(data) if spec.get("/Type") == "/Filespec"] == ["/Data"]


def test_tables_have_heads_and_figures_words(data: bytes) -> None:
    tags = list(_tags(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]  # a dictionary
    kinds = {str(tag["/S"]) for tag in tags}
    assert {"/Table", "/TR", "/TH", "/TD", "/Figure", "/H1", "/Link", "/L", "/LI"} <= kinds
    assert all(tag.get("/Alt") for tag in tags if tag["/S"] == "/Figure")


def _tags(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node["/K"])


def test_every_link_and_bookmark_leads_somewhere(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    names = reader.named_destinations
    numbers = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    marks = [reader.get_destination_page_number(mark) for mark in reader.outline if not isinstance(mark, list)]
    assert len(marks) >= 8
    assert all(number in range(len(reader.pages)) for number in marks)
    inside = 0
    for note in (note.get_object() for page in reader.pages for note in page.get("/Annots", [])):
        assert note.get("/Contents") or note.get("/StructParent") is not None
        action = note.get("/A", {})
        goal = note.get("/Dest") or action.get("/D")
        if goal is not None:
            inside += 1
            assert str(goal) in names or goal[0].idnum in numbers
        else:
            assert str(action["/URI"]).startswith("https://")
    assert inside >= 10


def test_no_word_lies_off_the_page(data: bytes) -> None:
    for page in PdfReader(io.BytesIO(data)).pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        places: list[tuple[float, float]] = []

        def look(text: str, cm: list[float], tm: list[float], _font: object, _size: object, places: list[tuple[float, float]] = places) -> None:
            if text.strip():
                places.append((tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

        page.extract_text(visitor_text=look)
        assert places
        assert all(40 <= x <= width - 40 and 20 <= y <= height - 20 for x, y in places)
