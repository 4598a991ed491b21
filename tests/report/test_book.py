"""Reports as files: by suffix, whole or not at all; HTML and Markdown with every character itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report import scenes
from tests.report.test_pages import HOSTILE, PICTURES, facts_of
from tracker.errors import UsageError
from tracker.report.book import write_report
from tracker.report.html import html
from tracker.report.layout import movement_book
from tracker.report.markdown import markdown


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-"), ("a.PNG", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>"), ("a.md", b"# Naval")])
def test_the_suffix_says_how_a_report_is_written(tmp_path: Path, name: str, start: bytes) -> None:
    written = write_report(scenes.tartus_facts(), PICTURES, tmp_path / "deep" / name)
    data = written.path.read_bytes()
    assert data.startswith(start)
    assert written.warnings == ()
    assert [p.name for p in written.path.parent.iterdir()] == [name]  # no draft left behind
    assert write_report(scenes.tartus_facts(), PICTURES, tmp_path / name).path.read_bytes() == data


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pdf, \.png, \.html, \.md"):
        write_report(scenes.tartus_facts(), PICTURES, tmp_path / "a.docx")
    assert not list(tmp_path.iterdir())


def test_letters_that_can_not_be_drawn_are_told_for_pages_only(tmp_path: Path) -> None:
    facts = facts_of("西平岛")
    assert "can't draw" in write_report(facts, PICTURES, tmp_path / "a.pdf").warnings[0]
    assert write_report(facts, PICTURES, tmp_path / "a.html").warnings == ()
    assert "西平岛" in (tmp_path / "a.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """The tags, ids and links of a page, and whether its tags match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline_of(text: str) -> Outline:
    outline = Outline()
    outline.feed(text)
    outline.close()
    return outline


def test_the_html_needs_nothing_else_and_its_links_lead_somewhere() -> None:
    text = html(movement_book(scenes.tartus_facts(), PICTURES), PICTURES)
    outline = outline_of(text)
    assert outline.open == []
    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert outline.tags.count("svg") == 2
    assert {"table", "thead", "tbody", "caption"} <= set(outline.tags)
    inner = [link[1:] for link in outline.links if link.startswith("#")]
    assert inner
    assert set(inner) <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    assert "as of 20 Dec 2024, 12:00 UTC" in text
    assert '<span class="mark">DEMO</span>' in text


def test_the_sheet_for_the_printer_breaks_no_number_and_leaves_no_head_alone() -> None:
    text = html(movement_book(scenes.tartus_facts(), PICTURES), PICTURES)
    sheet = text[text.index("<style>") : text.index("</style>")]
    assert re.search(r"td\.number \{[^}]*white-space: nowrap", sheet)  # "58 d" was two lines
    printed = sheet[sheet.index("@media print") :]
    together = re.search(r"([^{};]*)\{ break-after: avoid; \}", printed)
    assert together and {"h2", "caption", "thead", "tbody th"} <= {one.strip() for one in together[1].split(",")}
    assert re.search(r"html \{ font-size: 1[0-3]px", printed)  # the sizes told in rem shrink with the text


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_html_and_markdown_print_a_hostile_name_as_it_is(name: str) -> None:
    book = movement_book(facts_of(name), ())
    text = html(book, {})
    assert outline_of(text).open == []
    assert "<script" not in text
    assert "javascript:" not in text
    assert "\u202e" not in text
    rows = [line for line in markdown(book).splitlines() if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert widths <= {3, 4, 8}  # head facts, tables of three columns, tables of seven: no name adds a cell
    assert not any(re.search(r"(?<!\\)(<script|\[link\])", row) for row in rows)


def test_two_figures_in_one_page_keep_their_ids_apart() -> None:
    twin = '<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="p1"/></defs><use href="#p1" clip-path="url(#p1)"/></svg>'
    text = html(movement_book(scenes.tartus_facts(), ("map", "timeline-1")), {"map": twin, "timeline-1": twin})
    assert 'id="map-p1"' in text
    assert 'href="#timeline-1-p1" clip-path="url(#timeline-1-p1)"' in text


def test_the_markdown_holds_the_tables_and_the_quotes() -> None:
    text = markdown(movement_book(scenes.tartus_facts(), ()))
    for words in (
        "## Key points",
        "## Strength",
        "| **Yelnya** |",
        "> “The oiler Yelnya was not in the port.”",
        "<https://wire-b.example/oiler>",
        "DEMO",
    ):
        assert words in text
    assert "\n\n\n" not in text
