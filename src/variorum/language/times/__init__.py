"""Time expressions: found in a text, read into what they say, and counted from a day (TIMEX3)."""

from variorum.language.times.anchoring import anchored
from variorum.language.times.meaning import Direction, Found, Kind, Meaning, TimeExpression, TimeType, Unit
from variorum.language.times.reading import EITHER, find, order_of

__all__ = [
    "EITHER",
    "Direction",
    "Found",
    "Kind",
    "Meaning",
    "TimeExpression",
    "TimeType",
    "Unit",
    "anchored",
    "find",
    "order_of",
]
