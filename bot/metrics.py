"""Health and metrics of the running bot over HTTP, for who runs it: /live, /ready, /metrics.

Nothing of people, servers or questions is told: only how often what kind of thing happened.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import metadata
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from aiohttp import web

from bot.failures import StartFailure

if TYPE_CHECKING:
    from bot.client import Portolan

CONTENT_TYPE = "text/plain; version=0.0.4"  # Prometheus's text format

Samples = Iterable[tuple[Mapping[str, str], float]]
Told = tuple[bool, str]
"""Whether all is well, and a text."""


@asynccontextmanager
async def served(client: "Portolan", address: str) -> AsyncIterator[int]:
    """Serve health and metrics while the context lasts; give the port.

    Args:
        client: of what; it need not be connected yet.
        address: host:port, as `bot.settings` has checked it; port 0 is any free one.

    Raises:
        StartFailure: nobody can listen there.
    """
    host, _, port = address.rpartition(":")
    app = web.Application()
    app.add_routes([web.get(path, _handler(client, tell)) for path, tell in _TOLD.items()])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            raise StartFailure(
                f"PORTOLAN_METRICS: cannot listen on {address} ({error.strerror or error})."
            ) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def live(client: "Portolan") -> Told:
    """Tell whether the process should go on: that it answers at all shows that its loop turns."""
    return not client.is_closed(), "live"


def ready(client: "Portolan") -> Told:
    """Tell whether all shards of the process are connected, so that questions are answered."""
    waiting = not client.is_ready() or any(each.is_closed() for each in client.shards.values())
    return not waiting, "ready"


def metrics(client: "Portolan") -> Told:
    """Tell what happened how often, and how the shards are."""
    return True, "".join(f"{line}\n" for line in exposition(client))


def exposition(client: "Portolan") -> Iterator[str]:
    """Yield the lines of Prometheus's text format."""
    about = {
        "version": metadata.version("portolan"),
        "registry_date": client.knowledge.meta.get("registry_date", ""),
    }
    yield from _family("portolan_info", "gauge", [(about, 1)])
    shards = sorted(client.shards.items())
    up = [({"shard": str(number)}, int(not each.is_closed())) for number, each in shards]
    yield from _family("portolan_shard_up", "gauge", up)
    latencies = [
        ({"shard": str(number)}, latency)
        for number, latency in client.latencies
        if math.isfinite(latency)  # it is not before the first heartbeat
    ]
    yield from _family("portolan_gateway_latency_seconds", "gauge", latencies)
    for name, counted in groupby(client.counters, itemgetter(0)):
        samples = [({"kind": kind} if kind else {}, number) for _, kind, number in counted]
        yield from _family(f"portolan_{name}_total", "counter", samples)


def _family(name: str, kind: str, samples: Samples) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        written = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{written}}} {value}" if written else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _handler(
    client: "Portolan", tell: Callable[["Portolan"], Told]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return what answers a request: 200 where all is well, else 503."""

    async def handle(_request: web.Request) -> web.Response:
        well, text = tell(client)
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        said = text if well else f"not {text}"
        return web.Response(body=said.encode(), status=status, headers=_HEADERS)

    return handle


_TOLD = {"/live": live, "/ready": ready, "/metrics": metrics}
_HEADERS = {"Content-Type": f"{CONTENT_TYPE}; charset=utf-8", "Cache-Control": "no-store"}
