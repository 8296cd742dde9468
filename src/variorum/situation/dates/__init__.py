"""When documents were published, as far as their texts and the rest of the corpus tell."""

from variorum.situation.dates.calendars import CalendarError, Entry, read_calendar
from variorum.situation.dates.evidence import Mention, Undated
from variorum.situation.dates.solving import Kin, Settled, solve
from variorum.situation.dates.state import Bound, Verdict

__all__ = [
    "Bound",
    "CalendarError",
    "Entry",
    "Kin",
    "Mention",
    "Settled",
    "Undated",
    "Verdict",
    "read_calendar",
    "solve",
]
