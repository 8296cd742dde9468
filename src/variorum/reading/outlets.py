"""Outlets: from a host to a readable name, and when two names mean one outlet.

What a source says is never rewritten: these functions name an outlet where a text gives no more than an address, and
compare. The names are data (``data/outlets.toml``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode, urlsplit

_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gob", "gouv", "gov", "mil", "net", "nom", "or", "org"])
"""Labels under which countries register names ("co.uk", "com.au"); Mozilla's Public Suffix List names more."""

_TRACKING = re.compile(
    r"utm_|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ito$|ref$|ref_|smid|smtyp|_r$|partner$|source$"
)
"""Query parameters that follow readers and don't tell pages apart."""

_EDITION = re.compile(
    r"\s*(?:[-–|:]\s*(?:news|opinion|online|web news)|\((?:online news|web news|news|opinion|online)\))$"
)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return names by host, and names by folded form."""
    rows = tomllib.loads((files("variorum.reading") / "data" / "outlets.toml").read_text("utf-8"))["outlet"]
    hosts = {host: row["name"] for row in rows for host in row["hosts"]}
    forms = {form: row["name"] for row in rows for form in (row["name"], *row.get("forms", ()))}
    forms = {form.upper(): name for form, name in forms.items() if " " in form} | forms
    return hosts, forms


def known_outlet(words: str) -> str | None:
    """Return the name of the outlet that ``words`` are a form of ("Time", not "time"), or None."""
    forms = _tables()[1]
    words = words.strip()
    return forms.get(words) or (forms.get(words[4:]) if words.startswith("the ") else None)


@cache
def _titles() -> frozenset[str]:
    words: list[str] = tomllib.loads((files("variorum.reading") / "data" / "outlets.toml").read_text("utf-8"))["titles"]
    return frozenset(words)


def is_title(name: str) -> bool:
    """Tell whether ``name`` is built like the title of a newspaper: two words or more, the last "Gazette" or so."""
    words = name.casefold().split()
    return 2 + (words[:1] == ["the"]) <= len(words) and words[-1] in _titles()


def initials(name: str) -> str:
    """Return the first letters of the capitalised words of ``name``: "BBC" of "British Broadcasting Corporation"."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def host_of(url: str) -> str | None:
    """Return the host of ``url`` in small letters without "www.", or None if it has none."""
    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None
    if not host or "." not in host or len(host) > 253:
        return None
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", host.lower().rstrip("."))


def registered_name(host: str) -> str:
    """Return the name that was registered: "example.cu" of "english.example.cu", "bbc.co.uk" of "news.bbc.co.uk"."""
    labels = host.split(".")
    if re.fullmatch(r"[\d.]+", host) or len(labels) <= 2:
        return host
    deep = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if deep else labels[-2:])


def outlet_of(url: str) -> tuple[str, bool] | None:
    """Return the outlet that publishes at ``url``, and whether the data file knows it; None if the URL has no host."""
    host = host_of(url)
    if host is None:
        return None
    hosts = _tables()[0]
    labels = host.split(".")
    for cut in range(len(labels) - 1):
        name = hosts.get(".".join(labels[cut:]))
        if name:
            return name, True
    return registered_name(host), False


def fold(name: str) -> str:
    """Return a form of an outlet's name by which two names can be compared: "CNN (Web News)" and "cnn" are one."""
    folded = re.sub(r"\s+", " ", name).strip().casefold()
    known = known_outlet(name.strip())
    if known:
        folded = known.casefold()
    shorter = _EDITION.sub("", folded)
    shorter = re.sub(r"^the ", "", shorter)
    shorter = re.sub(r"[^\w]+", "", shorter)
    return shorter or folded


def same_outlet(one: str, other: str) -> bool:
    """Tell whether two names mean one outlet, as far as their spelling shows."""
    return fold(one) == fold(other)


def bare(url: str) -> str:
    """Return ``url`` without scheme, "www.", fragment, tracking parameters and closing slash, to compare two URLs."""
    try:
        parts = urlsplit(url if "//" in url else "//" + url)
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    except ValueError:
        return url
    return (host_of(url) or "") + parts.path.rstrip("/") + ("?" + urlencode(query) if query else "")
