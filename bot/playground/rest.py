"""The REST API's way in and out: every request is recorded, authorized, judged and answered."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from bot.playground.errors import ApiError, FaultKind, invalid_form, unauthorized
from bot.playground.posting import Upload
from bot.playground.problems import Problem
from bot.playground.records import Fault, Records, RestRequest
from bot.playground.schema import Description
from bot.playground.scripts import Drop, Failure, Hold, RateLimited, Scripts, answer
from bot.playground.state import Payload
from bot.playground.writing import written

Result = Payload | list[Payload] | None
BASE = "/api/v10"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door.

    Attributes:
        words: everything named in the path, such as `channel_id`, as text.
        body: the JSON, or the `payload_json` part of a form; None without one.
        uploads: the files of a form.
    """

    method: str
    words: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: tuple[Upload, ...] = ()

    def id(self, name: str) -> int:
        """Return a number in the path; 0, which nothing has, for what is none."""
        word = self.words[name]
        return int(word) if word.isdecimal() else 0

    @property
    def form(self) -> Payload:
        """The body of a request that sends an object; {} without one."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise invalid_form([Problem((), "DICT_TYPE_CONVERT", "Only dictionaries may be used")])
        return self.body

    def flag(self, name: str) -> bool:
        """Return whether a query parameter says yes."""
        return self.query.get(name, "").lower() in {"1", "true"}


Handler = Callable[[Call], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation.

    Attributes:
        path: as Discord's description has it, with `{channel_id}` and the like.
        token: the path carries a token of its own, so no bot token is asked for.
    """

    method: str
    path: str
    handler: Handler
    token: bool = False


class Rest:
    """The API under `/api/v10`.

    Attributes:
        lenient: there is no description to judge requests by.
        busy: how many requests are being handled.
        activity: a number that grows with each request and each answer.
    """

    def __init__(
        self,
        routes: list[Route],
        *,
        token: str,
        records: Records,
        scripts: Scripts,
        description: Description | None,
    ) -> None:
        self._routes = routes
        self._token = token
        self._records = records
        self._scripts = scripts
        self._description = description
        self.lenient = description is None
        self.busy = 0
        self.activity = 0

    def add_to(self, app: web.Application) -> None:
        """Add all routes; those with fixed words go before those with names."""
        for route in sorted(self._routes, key=lambda each: each.path.count("{")):
            app.router.add_route(route.method, BASE + route.path, self._serve(route))
        app.router.add_route("*", BASE + "/{tail:.*}", self._no_route)

    def _serve(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            record = RestRequest(
                request.method,
                request.path.removeprefix(BASE),
                route.path,
                dict(request.query),
            )
            self._records.requests.append(record)
            self.busy += 1
            self.activity += 1
            try:
                return await self._handle(request, route, record)
            finally:
                self.busy -= 1
                self.activity += 1

        return serve

    async def _handle(
        self, request: web.Request, route: Route, record: RestRequest
    ) -> web.StreamResponse:
        try:
            text, uploads = await _read(request)
            body = _parsed(text) if text else None
            record.text, record.files = text, tuple(each.filename for each in uploads)
            match self._scripts.take(record.method, record.path):
                case Drop():
                    return _cut(request)
                case RateLimited() | Failure() as trouble:
                    canned = answer(trouble)
                    record.status, record.result = canned.status, canned.body
                    return _response(canned.status, canned.body, canned.headers)
                case Hold(release):
                    await release.wait()
                case None:
                    pass
            self._admit(request, route)
            self._judge(record, body)
            call = Call(record.method, dict(request.match_info), record.query, body, uploads)
            record.result = await route.handler(call)
            record.status = 204 if record.result is None else 200
        except ApiError as error:
            record.status, record.result = error.status, error.payload()
            if error.fault is not None:
                self._fault(error.fault, record, error.problems or [_whole(error)])
        return _response(record.status, record.result)

    def _admit(self, request: web.Request, route: Route) -> None:
        given = request.headers.get("Authorization")
        if given != f"Bot {self._token}" and (given is not None or not route.token):
            raise unauthorized()

    def _judge(self, record: RestRequest, body: Any) -> None:  # noqa: ANN401 (any JSON)
        if self._description is None:
            return
        if not self._description.knows(record.method, record.route):
            self._fault(FaultKind.ROUTE, record, ())
            return
        problems = self._description.query_problems(record.method, record.route, record.query)
        problems += self._description.body_problems(record.method, record.route, body)
        if problems:
            raise invalid_form(problems, FaultKind.SCHEMA)

    def _fault(self, kind: FaultKind, record: RestRequest, problems: Sequence[Problem]) -> None:
        self._records.faults.append(Fault(kind, record.method, record.path, tuple(problems)))

    async def _no_route(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        record = RestRequest(request.method, path, path, dict(request.query), status=404)
        record.result = {"message": "404: Not Found", "code": 0}
        self._records.requests.append(record)
        self.activity += 1
        self._fault(FaultKind.ROUTE, record, ())
        return _response(record.status, record.result)


def _cut(request: web.Request) -> web.Response:
    """Cut the connection; the answer that aiohttp wants goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _whole(error: ApiError) -> Problem:
    return Problem((), str(error.code), error.message)


def _response(status: int, body: Result, headers: dict[str, str] | None = None) -> web.Response:
    """Return an answer whose type is exactly `application/json`; clients compare it whole."""
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(
        status=status,
        body=written(body).encode(),
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


async def _read(request: web.Request) -> tuple[str, tuple[Upload, ...]]:
    """Return the JSON of a request as text, "" without one, and its files."""
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    return await request.text() if request.can_read_body else "", ()


async def _read_form(request: web.Request) -> tuple[str, tuple[Upload, ...]]:
    text = ""
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        name = part.name or ""
        content = bytes(await part.read(decode=True))
        if name == "payload_json":
            text = content.decode()
        elif name.startswith("files[") and name.endswith("]"):
            uploads.append(Upload(int(name[6:-1]), part.filename or name, content))
    return text, tuple(uploads)


def _parsed(text: str) -> Any:  # noqa: ANN401 (any JSON)
    try:
        return json.loads(text)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
