"""Names that break careless writers."""

from __future__ import annotations

HOSTILE = {
    "markup": '<b onclick="x">Yelnya</b> & Söhne ]]> <!-- -->',
    "right to left": "سفينة \u202eaynleY\u202c אוניה",
    "newlines": "first\nsecond\r\nthird\u2028fourth",
    "commas and quotes": "a,\"b\";'c'\td|e",
    "emoji": "🚢⚓🏴‍☠️",
    "very long": "Long" * 5000,
    "control characters": "bell\x07 null-like\x1f end",
    "tex": r"50% of $x_1^2$ {in} #2 & ~ \end{document}",
    "formula": '=HYPERLINK("http://example.org")',
}
