"""Health and metrics of the running bot over HTTP, for who runs it: /live, /ready, /metrics.

Nothing of people, servers or questions is told: only how often what kind of thing happened.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import metadata
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.failures import StartFailure

if TYPE_CHECKING:
    from bot.client import Portolan

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
    """Tell what happened how often, and how the shards are, in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(Measured(client))
    return True, generate_latest(registry).decode()


class Measured(Collector):
    """What a client counts, and how it is, read when it is asked for."""

    def __init__(self, client: "Portolan") -> None:
        self._client = client

    def collect(self) -> Iterator[Metric]:
        """Yield every metric with all of its samples."""
        client = self._client
        about = {
            "version": metadata.version("portolan"),
            "registry_date": client.knowledge.meta.get("registry_date", ""),
        }
        yield InfoMetricFamily("portolan", "The program and the registry it knows.", about)
        up = GaugeMetricFamily(
            "portolan_shard_up", "1 while the shard is connected.", labels=["shard"]
        )
        for number, shard in sorted(client.shards.items()):
            up.add_metric([str(number)], not shard.is_closed())
        yield up
        latency = GaugeMetricFamily(
            "portolan_gateway_latency_seconds", "From heartbeat to answer.", labels=["shard"]
        )
        for number, seconds in client.latencies:
            if math.isfinite(seconds):  # it is not before the first heartbeat
                latency.add_metric([str(number)], seconds)
        yield latency
        for name, counted in groupby(client.counters, itemgetter(0)):
            family = CounterMetricFamily(
                f"portolan_{name}", f"How often: {name}.", labels=["kind"]
            )
            for _, kind, number in counted:
                family.add_metric([kind], number)
            yield family


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
_HEADERS = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
