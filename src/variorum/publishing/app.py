"""The pages of an edition on a server.

Each request opens the edition for itself, reads it in one transaction and closes it, so that it shows one state of it:
while a build runs, the last good one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from variorum.edition.file import EditionError
from variorum.edition.reading import Edition
from variorum.publishing import collating, data, kin, pages, queries, quoting, telling, timeline
from variorum.publishing.guard import HEADERS, Guard
from variorum.publishing.links import ServerLinks
from variorum.publishing.pages import View
from variorum.publishing.queries import BadQuery
from variorum.publishing.rendering import render, static_files

Show = Callable[[Edition, Request], View]
Tabulate = Callable[[Edition, Request], data.Table]

_TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml", "js": "text/javascript; charset=utf-8"}


def create_app(path: Path, hosts: Collection[str] | None = None) -> Starlette:
    """Return the web application for the edition at ``path``.

    ``hosts`` are the names that a request may address it by (without port); None allows all. The edition need not exist
    yet or be readable all the time: without it every page is a 503.
    """
    lists: dict[str, tuple[Show, Tabulate]] = {
        "documents": (
            lambda e, r: pages.documents(e, queries.wanted(r.query_params)),
            lambda e, r: data.documents(e, queries.wanted(r.query_params)),
        ),
        "search": (
            lambda e, r: pages.search_page(e, queries.searched(r.query_params)),
            lambda e, r: data.found(e, queries.searched(r.query_params)),
        ),
        "quotes": (
            lambda e, r: quoting.listing(e, quoting.wished(r.query_params)),
            lambda e, r: data.said(e, quoting.wished(r.query_params).asked),
        ),
        "lineage": (
            lambda e, r: kin.lineage(e, queries.wanted(r.query_params)),
            lambda e, r: kin.lineage_table(e, queries.wanted(r.query_params)),
        ),
        "alterations": (
            lambda e, r: kin.alterations(e, collating.wished(r.query_params)),
            lambda e, r: kin.alterations_table(e, collating.wished(r.query_params)),
        ),
        "timeline": (
            lambda e, r: timeline.shown(e, r.query_params),
            lambda e, r: timeline.table(e, r.query_params),
        ),
        "rejected": (
            lambda e, r: pages.rejected(e, queries.number(r.query_params, "page")),
            lambda e, r: data.rejected(e),
        ),
        "notices": (
            lambda e, r: pages.notices(e, queries.number(r.query_params, "page")),
            lambda e, r: data.notices(e),
        ),
    }
    lists |= {room: _asked(*both) for room, both in telling.LISTS.items()}
    routes = [
        Route("/", _page(path, lambda e, r: pages.start(e))),
        Route("/index.json", _json(path, lambda e, r: data.start(e))),
        Route("/documents/{id}.json", _json(path, lambda e, r: data.document(e, r.path_params["id"]))),
        Route("/documents/{id}", _page(path, _document)),
        Route("/documents/{id}/original", _original(path)),
        Route("/utterances/{id}.json", _json(path, lambda e, r: data.utterance(e, r.path_params["id"]))),
        Route("/utterances/{id}", _page(path, lambda e, r: quoting.utterance(e, r.path_params["id"]))),
        Route("/actors/{id}.json", _json(path, lambda e, r: data.actor(e, r.path_params["id"]))),
        Route("/actors/{id}", _page(path, lambda e, r: quoting.actor(e, r.path_params["id"]))),
        Route("/families/{id}.json", _json(path, lambda e, r: kin.family_json(e, r.path_params["id"]))),
        Route("/families/{id}", _page(path, lambda e, r: kin.family(e, r.path_params["id"]))),
        Route("/copies/{id}.json", _json(path, lambda e, r: kin.relation_json(e, r.path_params["id"]))),
        Route("/copies/{id}", _page(path, lambda e, r: kin.relation(e, r.path_params["id"]))),
        Route("/collation.json", _json(path, lambda e, r: kin.collation_json(e, _chosen(r)))),
        Route("/collation", _page(path, lambda e, r: kin.collation(e, _chosen(r)))),
        Route("/static/{name}", _static),
    ]
    for items in telling.ITEMS.values():
        routes += _items(path, items)
    for room, (show, tabulate) in lists.items():
        routes.append(Route(f"/{room}", _page(path, show)))
        routes += [Route(f"/{room}.{suffix}", _table(path, tabulate, suffix)) for suffix in data.MEDIA]

    def on_error(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        title = {404: "There is no such page"}.get(status, "This does not work")
        words = f"{request.url.path} is not an address of this edition." if status == 404 else "Try another address."
        return _respond(path, pages.trouble(title, words, status))

    def on_failure(_: Request, __: Exception) -> Response:
        # a fault of the program itself; it is answered outside the guard, which can't add its headers any more
        answer = _respond(path, pages.trouble("This page could not be made", "That is a fault of Variorum.", 500))
        answer.headers.update(HEADERS)
        return answer

    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={HTTPException: on_error, Exception: on_failure},
    )


def _asked(show: telling.Show, tabulate: telling.Tabulate) -> tuple[Show, Tabulate]:
    """Return a list that is asked for by the query of an address alone."""
    return lambda e, r: show(e, r.query_params), lambda e, r: tabulate(e, r.query_params)


def _items(path: Path, items: telling.Items) -> list[Route]:
    """Return the routes to the pages of things that there are many of, and to their data."""
    at = f"/{items.folder}/{{id}}"
    return [
        Route(f"{at}.json", _json(path, lambda e, r: items.json(e, r.path_params["id"]))),
        Route(f"{at}.csv", _table(path, lambda e, r: items.table(e, r.path_params["id"]), "csv")),
        Route(at, _page(path, lambda e, r: items.page(e, r.path_params["id"]))),
    ]


def _document(edition: Edition, request: Request) -> View:
    query = request.query_params
    part = queries.number(query, "part")
    return pages.document(edition, request.path_params["id"], part=part, at=queries.span(query))


def _chosen(request: Request) -> tuple[str, ...]:
    return collating.chosen(request.query_params.multi_items())


def _respond(path: Path, view: View) -> Response:
    headers = {"Retry-After": "5"} if view.status == 503 else None
    return HTMLResponse(render(view, ServerLinks(), path.stem), view.status, headers)


def _open(path: Path) -> Edition:
    edition = Edition.open(path)
    edition.connection.execute("BEGIN")  # one state of the edition for the whole request
    return edition


def _page(path: Path, show: Show) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            with _open(path) as edition:
                view = show(edition, request)
                return _respond(path, view)
        except BadQuery as error:
            view = pages.trouble("This can’t be listed", str(error), 400)
        except KeyError:
            view = pages.trouble("There is no such thing", "The edition has none with this id.", 404)
        except (EditionError, sqlite3.Error):
            view = pages.trouble("The edition can’t be read now", _UNREADABLE, 503)
        return _respond(path, view)

    return respond


def _json(path: Path, written: Callable[[Edition, Request], str]) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            with _open(path) as edition:
                return Response(written(edition, request), media_type=data.MEDIA["json"])
        except (BadQuery, KeyError, EditionError, sqlite3.Error) as error:
            return _refusal(error)

    return respond


def _table(path: Path, tabulate: Tabulate, suffix: str) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            edition = _open(path)
        except (EditionError, sqlite3.Error) as error:
            return _refusal(error)
        try:
            table = tabulate(edition, request)
        except (BadQuery, KeyError, EditionError, sqlite3.Error) as error:
            edition.close()
            return _refusal(error)

        def pieces() -> Iterator[bytes]:
            with edition:
                for piece in table.written(suffix):
                    yield piece.encode("utf-8", "replace")

        headers = {"Content-Disposition": f'attachment; filename="{table.name}.csv"'} if suffix == "csv" else None
        return StreamingResponse(pieces(), media_type=data.MEDIA[suffix], headers=headers)

    return respond


def _original(path: Path) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        id = request.path_params["id"]
        try:
            edition = _open(path)
        except (EditionError, sqlite3.Error) as error:
            return _refusal(error)
        try:
            file = _file_of(edition, id)
        except (KeyError, sqlite3.Error) as error:
            edition.close()
            return _refusal(error)

        def pieces() -> Iterator[bytes]:
            with edition:
                yield from edition.original(file)

        name = quote(file.rpartition("/")[2] or "document", safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return StreamingResponse(pieces(), media_type="application/octet-stream", headers=headers)

    return respond


def _file_of(edition: Edition, id: str) -> str:
    row = edition.connection.execute("SELECT file FROM documents WHERE id = ?", [id]).fetchone()
    if row is None:
        raise KeyError(id)
    return str(row["file"])


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    content = static_files().get(name)
    if content is None:
        raise HTTPException(404)
    keep = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": keep})


def _refusal(error: Exception) -> Response:
    """Return the answer to a request for data that can't be had."""
    if isinstance(error, BadQuery):
        return PlainTextResponse(f"{error}\n", 400)
    if isinstance(error, KeyError):
        return PlainTextResponse("The edition has nothing with this id.\n", 404)
    return PlainTextResponse(f"{_UNREADABLE}\n", 503, {"Retry-After": "5"})


_UNREADABLE = "Its file is missing, damaged or of another version. If it is being moved or made, try again in a moment."
