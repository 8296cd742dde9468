"""From a view to HTML: the templates, and what they can call."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup, escape

from variorum import __version__
from variorum.edition.listing import UNKNOWN
from variorum.publishing.dates import date_words, edtf_words
from variorum.publishing.languages import language_name
from variorum.publishing.links import Argument, Links, Place, place
from variorum.publishing.pages import View
from variorum.publishing.rooms import ROOMS
from variorum.publishing.words import cut, cut_end, number, plural

_REPLACED = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def stored(text: str) -> Markup:
    """Return stored text as HTML whose text content has the same code points.

    An HTML parser turns a bare carriage return into a line feed, so it is written as a reference. A NUL can't stand in
    HTML in any form; it becomes a replacement character, one for one.
    """
    return Markup(str(escape(_REPLACED.sub("\ufffd", text))).replace("\r", "&#13;"))


def language_tag(code: str | None) -> str | None:
    """Return ``code`` if it can stand in a ``lang`` attribute."""
    return code if code and _LANGUAGE.fullmatch(code) else None


@cache
def static_files() -> Mapping[str, bytes]:
    """Return the stylesheet and the other files that pages load, by name."""
    folder = resources.files("variorum.publishing") / "static"
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.is_file()}


@cache
def static_version() -> str:
    """Return what tells these static files from those of another version, for addresses that a browser keeps."""
    digest = hashlib.sha256()
    for name, content in static_files().items():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:10]


@cache
def environment() -> jinja2.Environment:
    """Return the environment of the templates: everything is escaped, and a misspelt name is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("variorum.publishing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"stored": stored, "number": number, "cut": cut, "cut_end": cut_end}
    made.filters |= {"date": date_words, "edtf": edtf_words, "language": language_name}
    made.globals |= {
        "rooms": ROOMS,
        "plural": plural,
        "UNKNOWN": UNKNOWN,
        "language_tag": language_tag,
        "version": __version__,
    }
    return made


def render(view: View, links: Links, edition: str) -> str:
    """Return the HTML of a view, with ``links`` for its links; ``edition`` is what the edition is called."""

    def link(to: Place | str, id: str = "", **query: Argument) -> str | None:
        """Return the link to a place, or to a room that is named with what :func:`place` takes."""
        if isinstance(to, Place):
            return links.to(to)
        suffix, fragment = str(query.pop("suffix", "")), str(query.pop("fragment", ""))
        return links.to(place(to, id, suffix, fragment, **query))

    data = [(suffix, links.to(_data(view.here, suffix))) for suffix in view.data]
    return (
        environment()
        .get_template(view.template)
        .render(
            **view.context,
            title=view.title,
            room=view.room,
            status=view.status,
            here=view.here,
            edition=edition,
            live=links.live,
            link=link,
            static=lambda name: links.to(Place("static", name, query={"v": static_version()} if links.live else {})),
            data=[(suffix, href) for suffix, href in data if href is not None],
        )
    )


def _data(here: Place, suffix: str) -> Place:
    """Return where the data of the whole list is that a page shows a part of."""
    query = {key: value for key, value in here.query.items() if key not in ("page", "part", "at")}
    return Place(here.room, here.id, suffix, query)
