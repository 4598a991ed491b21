"""Letters that no font has: told in Latin ones, never as hollow boxes."""

from __future__ import annotations

import pytest

from tracker.report.latin import Latin
from tracker.report.pages import letters

CASES = [
    ("Yelnya", "Yelnya"),
    ("Ельня", "Ельня"),
    ("Έλλη", "Έλλη"),
    ("سفينة الإمداد", "سفينة الإمداد"),
    ("דולפין", "דולפין"),
    # by the register, with and without the word for "ship", in both ways of writing
    ("山东舰", "[Shandong]"),
    ("山东", "[Shandong]"),
    ("山東", "[Shandong]"),
    ("山東艦", "[Shandong]"),
    ("いずも", "[Izumo]"),
    ("세종대왕함", "[Sejong the Great]"),
    ("日本海", "[Sea of Japan]"),
    # by the sounds
    ("しょうかく", "[Shoukaku]"),
    ("まっちゃ", "[Matcha]"),
    ("キャリー", "[Kyari]"),
    ("ファイター", "[Faita]"),
    ("ﾔﾏﾄ", "[Yamato]"),
    ("한국", "[Hanguk]"),
    ("한국어", "[Hangugeo]"),
    ("서북", "[Seobuk]"),
    # by code points, by length, by name
    ("西平岛", "[U+897F U+5E73 U+5C9B]"),
    ("𠮷野", "[U+20BB7 U+91CE]"),
    ("中国海军舰艇编队今日通过", "[12 Chinese characters]"),
    ("สวัสดีครับผม", "[12 Thai letters]"),
    ("🛳", "[passenger ship]"),
    # mixed
    ("the carrier 山东舰 (17)", "the carrier [Shandong] (17)"),
    ("护卫舰山东舰离开三亚军港", "[3 Chinese characters, Shandong, 2 Chinese characters, Sanya, 2 Chinese characters]"),
    ("Ельня и 山东", "Ельня и [Shandong]"),
    ("「いずも」、出港", "[Izumo, 2 Chinese characters]"),
    ("西平岛" * 40, "[120 Chinese characters]"),
]


@pytest.mark.parametrize(("text", "told"), CASES, ids=[told[:40] for _, told in CASES])
def test_what_can_not_be_drawn_is_told(text: str, told: str) -> None:
    assert Latin(letters()).told(text) == told


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_what_is_told_can_be_drawn_and_stays_as_it_is(text: str) -> None:
    told = Latin(letters()).told(text)
    assert {ord(c) for c in told} <= letters()
    assert "\u25a1" not in told
    assert Latin(letters()).told(told) == told


def test_what_was_replaced_is_known() -> None:
    latin = Latin(letters())
    latin.told("山东舰, 山东舰 and Yelnya")
    assert latin.replaced == {"山东舰": "[Shandong]"}


def test_two_names_in_latin_are_none() -> None:
    latin = Latin(letters(), dict)
    assert latin.told("山东") == "[U+5C71 U+4E1C]"


def test_a_name_is_drawn_or_told_as_a_whole() -> None:
    half = letters() | {ord("山")}
    assert Latin(half).told("at 山东, 山") == "at [Shandong], 山"
    assert Latin(half | {ord("东")}).told("山东") == "山东"
