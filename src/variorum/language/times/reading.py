"""Time expressions of a text: where they stand and what they say by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import regex

from variorum.language.annotation import Span, Token
from variorum.language.times.lexicon import coded, counted, numbered, units, words_in
from variorum.language.times.meaning import Direction, Found, Kind, Meaning, TimeType, Unit
from variorum.language.times.naming import Names
from variorum.language.times.numbers import amount, number_of
from variorum.language.times.patterns import key_words, kinds, pattern
from variorum.language.times.tense import Tenses

Match = regex.Match[str]
Said = tuple[TimeType, str | None, Meaning]

EITHER: Final = "either order"
"""The name of a date whose day and month can be either way round; it is read as month and day."""
LARGEST: Final = 100_000
"""Units beyond which a number of them is no time ("500000 years" apart)."""
BEFORE: Final = 9
"""Words before one that tells a time within which its expression begins."""
BEHIND: Final = 9
"""Words behind it within which it ends."""
_WORD: Final = regex.compile(r"\w+")
AFTER: Final = frozenset({"later", "after", "afterward", "afterwards", "from now", "from today", "hence"})


def find(
    text: str, tokens: Sequence[Token], sentences: Sequence[Span], *, day_first: bool | None = None
) -> tuple[Found, ...]:
    """The time expressions of an English text, in order; they do not overlap.

    ``tokens`` and ``sentences`` are those of the language stage; the tense of the clause decides in which direction a
    day lies that may lie in both. Without them it is guessed from the words around. ``day_first`` says in which order
    3/4/2019 is read; where it is None, another date of the text decides that can be read in one order only, and if
    there is none the month comes first, as in most American papers.
    """
    if day_first is None:
        day_first = order_of(text)
    tenses, names = Tenses(text, tokens, sentences), Names(text, tokens)
    found = []
    for match in _matches(text):
        kind = next(name for name in kinds() if match[f"k_{name}"] is not None)
        if names.forbid(match, kind):
            continue
        said = _READERS[kind](match, day_first) if kind in _READERS else None
        if said is None:
            continue
        made = Found(match.start(), match.end(), *said)
        made = _trimmed(text, made)
        if made.meaning.direction == 0 and made.type in ("DATE", "TIME"):
            direction, sure = tenses.at(made.start, made.end)
            if (
                sure
                or made.meaning.kind not in ("absolute", "partial")
                or (made.meaning.kind == "partial" and direction > 0)
            ):
                made = replace(made, meaning=replace(made.meaning, direction=direction))
        found.append(made)
    return tuple(_merged(text, found))


def _matches(text: str) -> Iterator[Match]:
    """Where the pattern matches, looked for only around words that every expression has one of."""
    keys = key_words()
    words = [(found.start(), found.end(), found[0].lower()) for found in _WORD.finditer(text)]
    done = 0
    windows: list[tuple[int, int]] = []
    for i, (_, _, word) in enumerate(words):
        if word in keys or word[0].isdigit() or word[-1].isdigit():
            start, end = words[max(0, i - BEFORE)][0], words[min(len(words) - 1, i + BEHIND)][1]
            if windows and start <= windows[-1][1]:
                windows[-1] = windows[-1][0], end
            else:
                windows.append((start, end))
    for start, end in windows:
        for match in pattern().finditer(text, max(start - 1, done, 0), min(end + 1, len(text))):
            done = match.end()
            yield match


def _trimmed(text: str, found: Found) -> Found:
    """Without a point or blank at its end that belongs to the sentence."""
    end = found.end
    while end > found.start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return replace(found, end=end)


def _merged(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """A time of day and the day beside it are one expression ("5 p.m. on Friday")."""
    waiting: Found | None = None
    for one in found:
        if waiting is not None:
            gap = text[waiting.end : one.start]
            day = one.type == "DATE" and one.meaning.kind in ("absolute", "partial", "weekday", "shift")
            if waiting.meaning.part and day and regex.fullmatch(r",?\s(?:on\s)?", gap) and not one.meaning.part:
                waiting = replace(
                    one, start=waiting.start, type="TIME", meaning=replace(one.meaning, part=waiting.meaning.part)
                )
                continue
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


# --- reading one kind each -------------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _is_day(month: int, day: int) -> bool:
    return _day(2000, month, day) is not None


def _mod(match: Match) -> str | None:
    word = match["mod"]
    return coded("modifiers").get(" ".join(word.lower().replace("-", " ").split())) if word else None


def _hour(match: Match) -> str | None:
    if match["named_hour"]:
        return "T12:00" if match["named_hour"].lower() == "noon" else "T24:00"
    hour, minute = int(match["hour"]), match["minute"]
    half = (match["half"] or "").lower().replace(".", "")
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    if hour > 24:
        return None
    return f"T{hour:02}:{minute}" if minute else f"T{hour:02}"


def _iso(match: Match, day_first: bool | None) -> Said | None:
    value = _day(int(match["y"]), int(match["m"]), int(match["d"])) if int(match["y"]) else None
    if value is None:
        return None
    hour = f"T{match['hour']}:{match['minute']}" if match["hour"] else None
    return "TIME" if hour else "DATE", None, Meaning("absolute", value, part=hour)


def _slashed(match: Match, day_first: bool | None) -> Said | None:
    if match["sep"] is None:
        return "DATE", None, Meaning("absolute", "2001-09-11")
    one, two, year = int(match["one"]), int(match["two"]), int(match["y"])
    if match["sep"] == "." and len(match["y"]) < 4:
        return None
    year += (1900 if year >= 50 else 2000) if year < 100 else 0
    first = (two, one) if day_first or match["sep"] == "." else (one, two)
    value, other = _day(year, *first), _day(year, *reversed(first))
    either = day_first is None and match["sep"] == "/" and value and other and value != other
    found = value or other
    return ("DATE", None, Meaning("absolute", found, name=EITHER if either else None)) if found else None


def order_of(text: str) -> bool | None:
    """Whether days come before months in dates of figures; None where all of a text can be read either way round."""
    days = months = 0
    for found in regex.finditer(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{2,4}(?!\d)", text):
        days += int(found[1]) > 12 >= int(found[2])
        months += int(found[2]) > 12 >= int(found[1])
    return days > months if days != months else None


def _date(match: Match, day_first: bool | None) -> Said | None:
    month, day = numbered("months")[match["month"].lower()], int(match["day"])
    if not _is_day(month, day):
        return None
    if match["year"]:
        value = _day(int(match["year"]), month, day)
        return ("DATE", _mod(match), Meaning("absolute", value)) if value else None
    return "DATE", _mod(match), Meaning("partial", f"XXXX-{month:02}-{day:02}")


def _monthyear(match: Match, day_first: bool | None) -> Said | None:
    month = numbered("months")[match["month"].lower()]
    return "DATE", _mod(match), Meaning("absolute", f"{match['year']}-{month:02}")


def _month(match: Match, day_first: bool | None) -> Said | None:
    return "DATE", _mod(match), Meaning("partial", f"XXXX-{numbered('months')[match['month'].lower()]:02}")


def _year(match: Match, day_first: bool | None) -> Said | None:
    return "DATE", _mod(match), Meaning("absolute", match["year"] or match["y"])


def _range(match: Match, day_first: bool | None) -> Said | None:
    return "DATE", None, Meaning("absolute", match["y"])


def _ordinal(words: str) -> int | None:
    digits = regex.match(r"\d+", words)
    return int(digits[0]) if digits else counted("ordinals").get(words.lower())


def _century(match: Match, day_first: bool | None) -> Said | None:
    if match["this_century"]:
        offset = 0 if match["this_century"].lower().startswith("this") else -1
        return "DATE", None, Meaning("shift", "", "century", offset)
    number = _ordinal(match["ord"])
    if number is None or not 0 < number <= 30:
        return None
    value = f"BC{number - 1:02}" if match["bc"] else f"{number - 1:02}"
    return "DATE", _mod(match), Meaning("absolute", value, direction=-1 if number < 21 else 0)


def _decade(match: Match, day_first: bool | None) -> Said | None:
    if match["y"]:
        value = match["y"][:3]
    elif match["tens"]:
        value = f"19{match['tens'][0]}"
    else:
        value = f"19{counted('decades')[match['tens_word'].lower()]}"
    return "DATE", _mod(match), Meaning("absolute", value)


def _quarter(match: Match, day_first: bool | None) -> Said | None:
    if match["q"]:
        part = match["q"].upper()
    else:
        word = match["ord"].lower()
        half = match["qh"].lower() == "half"
        number = (2 if half else 4) if word == "final" else _ordinal(word)
        if number is None or number > (2 if half else 4):
            return None
        part = f"{'H' if half else 'Q'}{number}"
    if match["year"]:
        return "DATE", None, Meaning("absolute", f"{match['year']}-{part}")
    if "year-" in match[0].lower():
        return "DATE", None, Meaning("partial", f"XXXX-{part}", offset=-1, direction=-1)
    if match["rel"]:
        offset = {"this": 0, "last": -1, "next": 1}[match["rel"].lower()]
        return "DATE", None, Meaning("shift", part, "year", offset)
    return "DATE", None, Meaning("partial", f"XXXX-{part}")


def _unit(word: str) -> tuple[str, bool, Unit]:
    """The letter of a unit, whether it is of a clock, and its name."""
    low = word.lower()
    if low.startswith("fortnight"):
        return "W", False, "week"
    if low.startswith("weekend"):
        return "WE", False, "weekend"
    low = "century" if low == "centurie" or low == "centuries" else low
    found = units().get(low) or units()[low.removesuffix("s")]
    return found[0], found[1], found[2]  # type: ignore[return-value]


def _count(match: Match) -> tuple[float | None, bool]:
    """The number before a unit, and whether it is one."""
    number = number_of(match["num"])
    if number is not None and match.groupdict().get("and_half"):
        number += 0.5
    if number is not None and match["unit"].lower().startswith("fortnight"):
        number *= 2
    return number, number is None or 0 < number <= LARGEST


def _approx(match: Match) -> str | None:
    word = match["approx"]
    return coded("approximate")[" ".join(word.lower().split())] if word else None


def _ago(match: Match, day_first: bool | None) -> Said | None:
    _, clock, unit = _unit(match["unit"])
    number, good = _count(match)
    if not good:
        return None
    after = " ".join(match["after"].lower().split())
    sign: Direction = 1 if after in AFTER else -1
    if number is None:
        return "DATE", None, Meaning("reference", "PAST_REF" if sign < 0 else "FUTURE_REF", unit, direction=sign)
    kind: Kind = "shift" if after in ("ago", "from now", "from today", "hence") else "later"
    type_: TimeType = "TIME" if clock else "DATE"
    return type_, _approx(match), Meaning(kind, "", unit, sign * number, sign)


def _span(match: Match, day_first: bool | None) -> Said | None:
    letter, clock, _ = _unit(match["unit"])
    number, good = _count(match)
    if not good or letter == "WE":
        return None
    rel = match["rel"].lower()
    direction: Direction = (
        -1
        if rel in ("past", "last", "previous", "preceding", "latest")
        else 1
        if rel in ("next", "coming", "following")
        else 0
    )
    return "DURATION", _approx(match), Meaning("duration", amount(number, letter, clock=clock), direction=direction)


def _every(match: Match, day_first: bool | None) -> Said | None:
    if match["weekday"]:
        value = f"XXXX-WXX-{numbered('weekdays')[match['weekday'].lower()]}"
        return (
            "SET",
            None,
            Meaning("set", value + (f"T{coded('parts')[match['part'].lower()]}" if match["part"] else "")),
        )
    if match["unit"]:
        letter, clock, _ = _unit(match["unit"])
        number = 2.0 if "other" in match[0].lower() else number_of(match["num"]) if match["num"] else 1.0
        return "SET", None, Meaning("set", "XXXX-WXX-WE" if letter == "WE" else amount(number, letter, clock=clock))
    if match["season"]:
        return "SET", None, Meaning("set", f"XXXX-{coded('seasons')[match['season'].lower()]}")
    if match["month"]:
        return "SET", None, Meaning("set", f"XXXX-{numbered('months')[match['month'].lower()]:02}")
    return "SET", None, Meaning("set", f"XXXX-XX-XXT{coded('parts')[match['part'].lower()]}")


def _relative(match: Match, day_first: bool | None) -> Said | None:
    rel = " ".join(match["rel"].lower().split()).removeprefix("the ")
    before, after = (
        {"last", "past", "this past", "previous", "preceding", "prior", "latest"},
        {"next", "coming", "this coming", "upcoming", "following", "very next"},
    )
    offset = -1 if rel in before or rel.startswith("year-") else 1 if rel in after else 0
    textual = rel in {
        "previous",
        "preceding",
        "prior",
        "following",
        "that",
        "same",
        "that same",
        "very same",
        "very next",
    }
    textual = textual or (rel == "next" and match["rel"].lower().startswith("the"))
    mod, part = _mod(match), match["part"]
    if match["weekday"]:
        day = numbered("weekdays")[match["weekday"].lower()] - 1
        name = "same" if offset == 0 else "other"
        meaning = Meaning(
            "weekday", f"XXXX-WXX-{day + 1}", "day", day, _sign(offset), name=name if not textual else "text"
        )
        return ("TIME" if part else "DATE"), mod, replace(meaning, part=_part(part))
    if match["month"]:
        month = numbered("months")[match["month"].lower()]
        return "DATE", mod, Meaning("partial", f"XXXX-{month:02}", "month", offset, _sign(offset), name="said")
    if match["season"]:
        code = coded("seasons")[match["season"].lower()]
        return "DATE", mod, Meaning("partial", f"XXXX-{code}", "season", offset, _sign(offset), name="said")
    if match["unit"] is None:  # "this morning", "that evening"
        if rel not in ("this", "that", "same", "next", "following", "previous"):
            return None
        meaning = Meaning("later" if textual else "shift", "", "day", offset, _sign(offset), part=_part(part))
        return "TIME", mod, meaning
    letter, clock, unit = _unit(match["unit"])
    plural = match["unit"].lower().endswith("s") and letter != "WE"
    if plural:
        if rel in ("that", "this", "same", "that same"):
            return None
        return "DURATION", mod, Meaning("duration", amount(None, letter, clock=clock), direction=_sign(offset))
    if clock:
        return (
            None
            if rel in ("that", "same", "latest", "current")
            else ("DURATION", mod, Meaning("duration", f"PT1{letter}", direction=_sign(offset)))
        )
    if rel in ("past", "coming") and match["rel"].lower().startswith("the"):
        return "DURATION", mod, Meaning("duration", amount(1, letter, clock=False), direction=_sign(offset))
    if letter == "D" and rel in ("this", "last", "past", "coming", "current", "latest"):
        return None
    kind = "later" if textual else "shift"
    direction: Direction = _sign(offset)
    word = (match["mod"] or "").lower()
    if offset == 0 and word in ("earlier", "later"):
        direction = -1 if word == "earlier" else 1
    return "DATE", mod, Meaning(kind, "", unit, offset, direction, part=_part(part))  # type: ignore[arg-type]


def _sign(offset: float) -> Direction:
    return 1 if offset > 0 else -1 if offset < 0 else 0


def _part(word: str | None) -> str | None:
    return f"T{coded('parts')[word.lower()]}" if word else None


def _deictic(match: Match, day_first: bool | None) -> Said | None:
    word = " ".join(match["today"].lower().split()).removeprefix("the ")
    offset = {
        "yesterday": -1,
        "tomorrow": 1,
        "last night": -1,
        "day after tomorrow": 2,
        "day before yesterday": -2,
    }.get(word, 0)
    part = _part(match["part"]) or ("TNI" if word in ("tonight", "overnight", "last night") else None)
    mod = _mod(match) if (match["mod"] or "").lower() in coded("modifiers") else None
    return "TIME" if part else "DATE", mod, Meaning("shift", "", "day", offset, _sign(offset), part=part)


def _weekdays(match: Match, day_first: bool | None) -> Said | None:
    day = numbered("weekdays")[match["weekday"].lower()]
    if match["plural"] or match["plural_part"]:
        return "SET", None, Meaning("set", f"XXXX-WXX-{day}" + (_part(match["part"]) or ""))
    part = _part(match["part"])
    return "TIME" if part else "DATE", _mod(match), Meaning("weekday", f"XXXX-WXX-{day}", "day", day - 1, part=part)


def _clock(match: Match, day_first: bool | None) -> Said | None:
    hour = _hour(match)
    return ("TIME", None, Meaning("shift", "", "day", 0, part=hour)) if hour else None


def _feast(match: Match, day_first: bool | None) -> Said | None:
    name = " ".join(match[0].lower().replace("’", "'").split())
    if name.startswith("election"):
        return "DATE", None, Meaning("named", "XXXX-XX-XX", name="election day")
    word = " ".join(match["name"].lower().replace("’", "'").split())
    code = coded("feasts")[word]
    if match["year"]:
        return "DATE", None, Meaning("named", feast_day(code, int(match["year"])), name=word)
    return "DATE", None, Meaning("named", "XXXX-XX-XX" if code.startswith("E") else f"XXXX-{code}", name=word)


def feast_day(code: str, year: int) -> str:
    """The day of a feast in a year; Easter after Meeus, Jones and Butcher (Astronomical Algorithms, 1991)."""
    if not code.startswith("E"):
        return f"{year:04}-{code}"
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date.fromordinal(date(year, month, day + 1).toordinal() + int(code[1:])).isoformat()


def _season(match: Match, day_first: bool | None) -> Said | None:
    code = coded("seasons")[match["season"].lower()]
    if match["year"]:
        return "DATE", _mod(match), Meaning("absolute", f"{match['year']}-{code}")
    return "DATE", _mod(match), Meaning("partial", f"XXXX-{code}")


def _spelt(match: Match, day_first: bool | None) -> Said | None:
    rest = number_of(match["rest"])
    if rest is None or not 10 <= rest <= 99:
        return None
    return (
        "DATE",
        None,
        Meaning(
            "absolute", str({"eighteen": 18, "nineteen": 19, "twenty": 20}[match["hundreds"].lower()] * 100 + int(rest))
        ),
    )


def _era(match: Match, day_first: bool | None) -> Said | None:
    return "DATE", None, Meaning("absolute", f"BC{int(match['y']):04}", direction=-1)


def _ends(match: Match, day_first: bool | None) -> Said | None:
    words = match[0].lower()
    if "century" in words:
        return "DATE", None, Meaning("absolute", "2000")
    return "DATE", "END", Meaning("shift", "", "month" if "month" in words else "year", 0)


def _modunit(match: Match, day_first: bool | None) -> Said | None:
    if match["the"]:
        unit: Unit = "weekend" if "weekend" in match["the"].lower() else "quarter"
        return "DATE", None, Meaning("shift", "", unit, -1 if unit == "quarter" else 0)
    if (match["mod"] or "").lower() in ("earlier", "later", "early", "late", "mid"):
        return None
    _, _, unit = _unit(match["unit"])
    return "DATE", _mod(match), Meaning("shift", "", unit, 0)


def _duration(match: Match, day_first: bool | None) -> Said | None:
    letter, clock, _ = _unit(match["unit"])
    number, good = _count(match)
    if not good or letter == "WE":
        return None
    return "DURATION", _approx(match), Meaning("duration", amount(number, letter, clock=clock))


def _bare(match: Match, day_first: bool | None) -> Said | None:
    if match["while"]:
        return "DURATION", None, Meaning("duration", "PXX")
    word = match["long"].lower().removesuffix("-long") if match["long"] else match["unit"].lower().split()[0]
    letter, clock, unit = _unit(word)
    direction: Direction = -1 if match["since"] else 0
    return "DURATION", None, Meaning("duration", amount(None, letter, clock=clock), unit, direction=direction)


def _reference(match: Match, day_first: bool | None) -> Said | None:
    value = coded("references")[" ".join(match[0].lower().split())]
    direction: Direction = {"PAST_REF": -1, "FUTURE_REF": 1}.get(value, 0)  # type: ignore[assignment]
    return "DATE", None, Meaning("reference", value, direction=direction)


def _set(match: Match, day_first: bool | None) -> Said | None:
    return "SET", None, Meaning("set", coded("sets")[" ".join(match[0].lower().split())])


_READERS: Final[dict[str, Callable[[Match, bool | None], Said | None]]] = {
    "iso": _iso, "slashed": _slashed, "range": _range, "date": _date, "monthyear": _monthyear, "century": _century,
    "decade": _decade, "quarter": _quarter, "ago": _ago, "span": _span, "every": _every, "relative": _relative,
    "deictic": _deictic, "weekdays": _weekdays, "clock": _clock, "feast": _feast, "fiscal": _year, "season": _season,
    "spelt": _spelt, "era": _era, "modyear": _year, "year": _year, "month_alone": _month, "ends": _ends,
    "modunit": _modunit, "duration": _duration, "bare": _bare, "reference": _reference, "set": _set,
}  # fmt: skip
_ = words_in
