"""Numbers as they stand before units of time."""

from __future__ import annotations

import regex

from variorum.language.times.lexicon import counted

_VAGUE = frozenset({"a few", "few", "several", "many", "some", "dozens of", "couple of"})


def number_of(words: str) -> float | None:
    """The number that words or figures name; None where they name none ("several")."""
    text = " ".join(words.lower().split())
    if text in ("a couple of",):
        return 2.0
    if text in _VAGUE:
        return None
    if text.endswith(" and a half"):
        whole = number_of(text.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    if text in ("a", "an"):
        return 1.0
    if text.startswith("half a"):
        return 0.5
    if text in ("a dozen", "an dozen"):
        return 12.0
    if text.endswith("hundred"):
        first = text.removesuffix("hundred").strip()
        return 100 * (number_of(first) or 1)
    found = regex.fullmatch(r"([\d,]+(?:\.\d+)?)(?:\s(\d)/(\d))?", text)
    if found:
        value = float(found[1].replace(",", ""))
        return value + (int(found[2]) / int(found[3]) if found[3] and int(found[3]) else 0)
    cardinals = counted("cardinals")
    parts = regex.split(r"[-\s]", text)
    if all(part in cardinals for part in parts):
        return float(sum(cardinals[part] for part in parts))
    return None


def amount(value: float | None, letter: str, *, clock: bool) -> str:
    """A duration in TIMEX3: "P3M", "PT2H", "PXD" where the number is not said."""
    head = "PT" if clock else "P"
    if value is None:
        return f"{head}X{letter}"
    if letter == "E":
        return f"P{_whole(value * 10)}Y"
    if letter == "C":
        return f"P{_whole(value * 100)}Y"
    if letter == "Q":
        return f"P{_whole(value * 3)}M"
    if value != int(value):
        parts = {
            "Y": (12, "P{0}Y{1}M"),
            "H": (60, "PT{0}H{1}M"),
            "M": (60, "PT{0}M{1}S") if clock else (30, "P{0}M{1}D"),
        }
        if letter in parts and (value * parts[letter][0]).is_integer():
            size, form = parts[letter]
            whole, rest = divmod(int(value * size), size)
            if whole:
                return form.format(whole, rest)
            smaller = {"Y": "P{}M", "H": "PT{}M", "M": "PT{}S" if clock else "P{}D"}[letter]
            return smaller.format(rest)
    return f"{head}{_whole(value)}{letter}"


def _whole(value: float) -> str:
    return f"{value:g}"
