"""The pages of an edition as a static site: files that work from a folder and from any web host.

The views and templates are those of the server; only the links differ (:class:`variorum.publishing.links.FileLinks`).
The same edition gives the same files, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from variorum.edition import copies, dates, quotes
from variorum.edition.dates import Named
from variorum.edition.quotes import Asked
from variorum.edition.reading import Edition
from variorum.errors import VariorumError
from variorum.publishing import collating, data, kin, pages, quoting, telling, timeline
from variorum.publishing.article import parts_of
from variorum.publishing.links import FileLinks, Place, file_of, place
from variorum.publishing.pages import View
from variorum.publishing.queries import Wanted
from variorum.publishing.quoting import Wished
from variorum.publishing.rendering import render, static_files
from variorum.publishing.site_index import index_files

MARKER = "variorum-site.json"
"""Names the files of a site, so that the next one can take away those that it no longer has."""

Content = str | bytes
Step = Callable[[int], None]


class SiteError(VariorumError):
    """A site that can't be written."""


def publish(edition: Path, folder: Path, wrote: Step | None = None) -> int:
    """Write the pages of ``edition`` into ``folder`` and return how many files that are.

    ``wrote`` is told after each file how many there are. An earlier site in the folder is replaced, and files of it
    that the new one lacks are removed. Raises SiteError if the folder holds anything else, EditionError for an
    edition that can't be opened, OSError if a file can't be written.
    """
    earlier = _earlier(folder)
    with Edition.open(edition) as opened:
        folder.mkdir(parents=True, exist_ok=True)
        # said before anything is written: a site that was interrupted is recognised as one, and can be written anew
        _mark(folder, earlier)
        made: set[str] = set()
        for name, content in _files(opened):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
            made.add(name)
            if wrote:
                wrote(len(made))
    for name in sorted(earlier - made):
        (folder / name).unlink(missing_ok=True)
    _mark(folder, made)
    return len(made)


def _mark(folder: Path, files: set[str]) -> None:
    (folder / MARKER).write_text(json.dumps(sorted(files), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _earlier(folder: Path) -> set[str]:
    """Return the files of the site that lies in ``folder``; none where there is no folder or an empty one."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise SiteError(f"{folder}: this is not a folder")
    if not any(folder.iterdir()):
        return set()
    try:
        names = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SiteError(f"{folder}: this folder holds other files; name an empty one or a new one") from None
    except (OSError, ValueError) as error:
        raise SiteError(f"{folder / MARKER}: can't be read: {error}") from None
    safe = {n for n in names if isinstance(n, str) and ".." not in n.split("/") and not n.startswith("/")}
    return {n for n in safe if "\\" not in n and ":" not in n}


def _files(edition: Edition) -> Iterator[tuple[str, Content]]:
    """Yield all files of a site with their content."""
    for name, content in static_files().items():
        yield f"static/{name}", content
    for view in _views(edition):
        file = file_of(view.here)
        if file is None:
            raise SiteError(f"{edition.path}: there is no file for {view.here}")
        document = view.context.get("document")
        zones = [zone.start for zone in document.zones] if document else []
        yield file, render(view, FileLinks(file, zones), edition.path.stem)
    yield from _data(edition)
    yield from index_files(edition)


def _views(edition: Edition) -> Iterator[View]:
    """Yield every page."""
    yield pages.start(edition)
    facets = edition.facets(Wanted().filter)
    lists = [Wanted()]
    lists += [Wanted(outlet=count.value) for count in facets.outlets]
    lists += [Wanted(language=count.value) for count in facets.languages]
    for wanted in lists:
        yield from _all_pages(partial(_documents, edition, wanted))
    for id in edition.ids():
        yield from _parts(edition, id)
    for wished in _quote_lists(edition):
        yield from _all_pages(partial(_quotes, edition, wished))
    for id in quotes.utterance_ids(edition):
        yield quoting.utterance(edition, id)
    for id in quotes.actor_ids(edition):
        yield quoting.actor(edition, id)
    yield from _all_pages(lambda page: kin.lineage(edition, Wanted(page=page)))
    for id in copies.family_ids(edition):
        yield kin.family(edition, id)
    for id in copies.relation_ids(edition):
        yield kin.relation(edition, id)
    yield from _all_pages(lambda page: kin.alterations(edition, collating.Wished(page=page)))
    yield timeline.timeline(edition, Wanted())
    named = dates.named(edition)
    for day in timeline.day_pages(edition, named):
        yield from _all_pages(partial(_of_day, edition, timeline.days(day), named))
    yield from telling.views(edition)
    yield from _all_pages(lambda page: pages.rejected(edition, page))
    yield from _all_pages(lambda page: pages.notices(edition, page))
    yield View("search_static.html", "Search", place("search"))


def _documents(edition: Edition, wanted: Wanted, page: int) -> View:
    return pages.documents(edition, replace(wanted, page=page))


def _quote_lists(edition: Edition) -> Iterator[Wished]:
    """Yield the lists of quotes: all, and those of one speaker or outlet, as far as the facets tell them."""
    found = quotes.facets(edition, Asked())
    yield Wished()
    yield from (Wished(speaker=count.value) for count in found.speakers)
    yield from (Wished(outlet=count.value) for count in found.outlets)


def _quotes(edition: Edition, wished: Wished, page: int) -> View:
    return quoting.listing(edition, replace(wished, page=page))


def _of_day(edition: Edition, days: timeline.Days, named: Sequence[Named], page: int) -> View:
    return timeline.of_day(edition, days, Wanted(page=page), named)


def _all_pages(show: Callable[[int], View]) -> Iterator[View]:
    view = show(1)
    yield view
    for page in range(2, view.context["pager"].pages + 1):
        yield show(page)


def _parts(edition: Edition, id: str) -> Iterator[View]:
    first = pages.document(edition, id)
    yield first
    for part in range(2, parts_of(len(first.context["document"].text)) + 1):
        yield pages.document(edition, id, part=part)


def _data(edition: Edition) -> Iterator[tuple[str, Content]]:
    """Yield the data behind the pages."""
    yield "index.json", data.start(edition)
    for table, room in (
        (data.documents(edition, Wanted()), "documents"),
        (data.said(edition, Asked()), "quotes"),
        (kin.lineage_table(edition), "lineage"),
        (kin.alterations_table(edition, collating.Wished()), "alterations"),
        (timeline.timeline_table(edition, Wanted()), "timeline"),
        (data.rejected(edition), "rejected"),
        (data.notices(edition), "notices"),
    ):
        for suffix in data.MEDIA:
            file = file_of(Place(room, suffix=suffix))
            assert file is not None  # every list has its data in a site
            yield file, "".join(table.written(suffix))
    for id in edition.ids():
        yield f"documents/{id}.json", data.document(edition, id)
    for id in quotes.utterance_ids(edition):
        yield f"utterances/{id}.json", data.utterance(edition, id)
    for id in quotes.actor_ids(edition):
        yield f"actors/{id}.json", data.actor(edition, id)
    for id in copies.family_ids(edition):
        yield f"families/{id}.json", kin.family_json(edition, id)
    for id in copies.relation_ids(edition):
        yield f"copies/{id}.json", kin.relation_json(edition, id)
    yield from telling.files(edition)
