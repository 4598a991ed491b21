"""Pages by Typst: tagged, readable by machine, the same bytes twice, and safe from hostile names."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.report import scenes
from tracker.errors import InputError
from tracker.report import pages
from tracker.report.blocks import Column, Group, Heading, Line, Picture, Table
from tracker.report.facts import MovementFacts, movement_facts
from tracker.report.fonts import PACKAGED, read_font
from tracker.report.layout import movement_book, movement_post

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="864pt" height="400pt" viewBox="0 0 864 400"><rect width="864" height="400" fill="#0072b2"/></svg>'
)
PICTURES = {"map": SQUARE, "timeline-1": SQUARE}
HOSTILE = [
    '#set page(fill: red) $x$ *bold* _it_ `raw` <label> @ref [link](http://x) \\ // no /* comment */ "quoted"',
    "<script>alert(1)</script> & <b>bold</b> | pipe",
    "سفينة الإمداد",
    "\u202eteelf\u202c nur gnol",
    "Наименование-" + "очень" * 40,
    "西平岛 and 😀",
    "'; DROP TABLE vessel; --",
]


def facts_of(name: str) -> MovementFacts:
    ship = scenes.SHIPS["ru/yelnya"] | {"vessel": name, "class": name, "hull": name}
    row = scenes.event("e1", "xx/hostile", "departure", "2024-12-02", doc="d1", modality="reported", hedge=name, ship=ship, origin="Tartus")
    row |= {"origin": name}
    claim = scenes.claim("c1", "e1", "d1", name, source=name, title=name, url="https://example.org/" + "a" * 150, archive_url="javascript:alert(1)")
    return movement_facts([row], [claim], scenes.request(title=name))


@pytest.fixture(scope="module")
def made() -> bytes:
    return pages.pdf(movement_book(scenes.tartus_facts(), PICTURES), PICTURES)


def test_the_same_facts_give_the_same_bytes(made: bytes) -> None:
    assert pages.pdf(movement_book(scenes.tartus_facts(), PICTURES), PICTURES) == made
    post = movement_post(scenes.tartus_facts(), PICTURES)
    assert sum(isinstance(block, Picture) for block in post.blocks) == 1
    assert pages.png(post, PICTURES) == pages.png(post, PICTURES)


def test_the_pdf_is_tagged_and_has_a_title_a_language_and_an_outline(made: bytes) -> None:
    reader = PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Naval movements: Mediterranean Sea, Russia"
    assert [getattr(entry, "title", None) for entry in reader.outline] == [
        "Key points", "Map", "Strength", "Composition", "Timeline", "Daily events", "Deployments", "Planned and denied", "Contradictions",
        "Corrections", "Sources", "Method and limits"]  # fmt: skip


def test_the_text_reads_in_order_and_every_page_bears_clock_number_and_mark(made: bytes) -> None:
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    for number, text in enumerate(texts, 1):
        assert "as of 20 Dec 2024" in text
        assert f"page {number} of {len(texts)}" in text
        assert "DEMO" in text
    whole = " ".join(" ".join(texts).split())
    order = [
        "Key points",
        "Yelnya (oiler, Altay class) left Tartus on 2 Dec 2024", "Told to have come in", "Monday, 2 Dec 2024", "Undated (known by 14 Dec 2024)",
             "None found.", "Russian ships put to sea from Tartus", "was not reviewed by a person"]  # fmt: skip
    assert [whole.find(words) for words in order] == sorted(whole.find(words) for words in order)
    assert all(words in whole for words in order)


def test_numbers_lead_to_the_sources_and_back(made: bytes) -> None:
    reader = PdfReader(io.BytesIO(made))
    links: list[Any] = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link and "/URI" in link["/A"]}
    assert "https://wire-a.example/ships-put-to-sea" in addresses
    assert sum("/Dest" in link or "/D" in link.get("/A", {}) for link in links) >= 20


def test_letter_is_wider_and_shorter_than_a4(made: bytes) -> None:
    letter = pages.pdf(movement_book(scenes.tartus_facts(), PICTURES), PICTURES, pages.Paper.LETTER)
    boxes = [PdfReader(io.BytesIO(data)).pages[0].mediabox for data in (made, letter)]
    assert boxes[0].width < boxes[1].width
    assert boxes[0].height > boxes[1].height


def test_the_picture_is_1600_pixels_wide() -> None:
    data = pages.png(movement_post(scenes.tartus_facts(), PICTURES), PICTURES)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", data[16:20]) == (1600,)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_a_name(name: str) -> None:
    facts = facts_of(name)
    data = pages.pdf(pages.drawable(movement_book(facts, PICTURES))[0], PICTURES)
    reader = PdfReader(io.BytesIO(data))
    assert "Key points" in reader.pages[0].extract_text()
    assert b"javascript:" not in data
    assert pages.png(pages.drawable(movement_post(facts, PICTURES))[0], PICTURES)
    if name.startswith("#set"):
        assert "#set page(fill: red)" in " ".join(reader.pages[0].extract_text().split())


def test_letters_that_no_font_has_are_told_in_latin_ones_and_named() -> None:
    told, replaced = pages.drawable(movement_book(facts_of("西平岛 and 山东舰"), ()))
    assert "[U+897F U+5E73 U+5C9B] and [Shandong]" in told.title
    assert replaced == {"西平岛": "[U+897F U+5E73 U+5C9B]", "山东舰": "[Shandong]"}
    assert pages.drawable(movement_book(scenes.tartus_facts(), ()))[1] == {}


def test_a_font_that_has_the_letters_draws_them() -> None:
    font = read_font(PACKAGED / "STIXGeneral.ttf")
    name = "Cutter \u1d81"  # a letter that this font has and DejaVu lacks
    book = movement_book(facts_of(name), ())
    assert pages.drawable(book)[0].title == "Cutter [U+1D81]"
    drawn, replaced = pages.drawable(book, font)
    assert (drawn.title, replaced) == (name, {})
    data = pages.pdf(drawn, {}, font=font)
    assert "STIXGeneral" in fonts_in(data)
    assert "STIXGeneral" not in fonts_in(pages.pdf(pages.drawable(book)[0], {}))


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(200)])
def test_what_is_no_font_is_told_in_a_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.ttf").write_bytes(data)
    for path in (tmp_path / "a.ttf", tmp_path / "none.ttf"):
        with pytest.raises(InputError, match="no font"):
            read_font(path)


def fonts_in(data: bytes) -> str:
    """The names of the fonts that a PDF holds."""
    return " ".join(str(thing["/BaseFont"]) for thing in objects_in(data) if "/BaseFont" in thing)


def objects_in(data: bytes) -> list[Any]:
    """The dictionaries of a PDF."""
    reader = PdfReader(io.BytesIO(data))
    found = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return [thing for thing in found if isinstance(thing, dict)]


def test_an_empty_period_is_a_clean_page_that_says_so() -> None:
    book = movement_book(movement_facts([], [], scenes.request()), ())
    [page] = PdfReader(io.BytesIO(pages.pdf(book, {}))).pages
    text = " ".join(page.extract_text().split())
    assert "holds no report of a movement" in text
    assert "Data cut-off not told" in text
    assert "DEMO" not in text


def test_a_row_of_a_table_stands_on_one_page_unless_it_is_longer_than_one() -> None:
    def read(rows: list[tuple[str, ...]]) -> list[str]:
        columns = (Column("Vessel", 1), Column("Note", 4))
        table = Table(columns, (Group(rows=tuple((Line(strong=row[0]), Line(text=row[1])) for row in rows)),), "A table")
        book = replace(movement_book(scenes.tartus_facts(), ()), blocks=(Heading("Rows", "rows"), table))
        return [page.extract_text() for page in PdfReader(io.BytesIO(pages.pdf(book, {}))).pages]

    told = read([(f"Ship {number}", f"begin{number} " + "a word or two " * 30 + f"close{number}") for number in range(40)])
    assert len(told) > 2
    for number in range(40):
        assert any(f"begin{number} " in page and f"close{number}" in page for page in told), number
    long = "".join(read([("Ship", "begin " + "a word or two " * 3000 + "close")]))
    assert "begin" in long and "close" in long  # nothing is cut off
