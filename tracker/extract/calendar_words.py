"""How months and weekdays are written, as patterns: "Dec", "December", "Tues", "Tuesday"; small letters, for whoever folds them."""

MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
"""The three letters a month begins with."""
CAPITAL_MONTH = MONTH.title()
"""The same as a name is written: "Dec", for patterns in which "dec" is no month."""
MONTH_WORD = f"{MONTH}[a-z]*"
"""A month in any spelling, and any other word that begins like one: a day stands beside where it is asked for."""
WEEKDAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
"""The three letters a weekday begins with."""
WEEKDAY_WORD = f"{WEEKDAY}[a-z]*"
"""A weekday in any spelling, and any other word that begins like one."""
WEEKDAY_NAME = "(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
"""A weekday in one of its spellings and no other word, where a word's end is asked for behind it."""
