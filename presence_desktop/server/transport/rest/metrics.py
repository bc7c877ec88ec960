"""What Prometheus reads at `/metrics`: how this server stands, and how quickly it answers; loaded only where it is on.

Almost all of it is read when somebody asks, from what is there anyway. What has to be counted as it happens is counted
once a tick or by what stands around (`CountedHub`, `CountedFanout`, the middleware here), so that a delivery costs the
same with it and without. Every line carries the label `node`. Only this machine may ask, or whoever has the token.
"""

import asyncio
import hmac
import logging
from collections.abc import Callable, Iterator
from time import perf_counter

from msgspec import Struct
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from presence_desktop.protocol.errors import Code
from presence_desktop.server.transport.rest.callers import Addresses
from presence_desktop.server.transport.rest.errors import failure

PATH = "/metrics"
LAG_SECONDS = 0.5
"""How often the event loop is asked whether it comes in time."""
_LATENCIES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_LAGS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)

Read = Callable[[], float]


class Reading(Struct, frozen=True):
    """Something that can be read at any time: `presence_<name>`, what it is, and how it is read."""

    name: str
    help: str
    read: Read
    counts: bool = False
    """Whether it only grows."""


class Metrics:
    """All of one server's; `node` is its name among several, `token` lets others than this machine ask."""

    def __init__(self, *, node: str, token: str | None, addresses: Addresses) -> None:
        self._node = node
        self._token = token
        self._addresses = addresses
        self._registry = CollectorRegistry()
        self._errors = _CountsErrors(logging.ERROR)
        logging.getLogger().addHandler(self._errors)
        ProcessCollector(registry=self._registry)
        self._latency = Histogram(
            "presence_rest_seconds",
            "Seconds until a REST call was answered",
            ("node", "method", "path", "status"),
            buckets=_LATENCIES,
            registry=self._registry,
        )
        self._lag = Histogram(
            "presence_loop_lag_seconds",
            "Seconds by which the event loop came too late",
            ("node",),
            buckets=_LAGS,
            registry=self._registry,
        ).labels(node)
        errors = Reading("errors", "Lines of level error in the log", lambda: self._errors.count, counts=True)
        self.add(errors)

    def add(self, *readings: Reading) -> None:
        """From now on these are told too."""
        self._registry.register(_Readings(self._node, readings))

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application with `/metrics` in it, its answers measured."""
        return _Measured(app, self)

    async def watch_lag(self, every: float = LAG_SECONDS) -> None:
        """Measure how late the event loop comes, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + every
            await asyncio.sleep(every)
            self._lag.observe(max(0.0, loop.time() - due))

    def close(self) -> None:
        """Count no more."""
        logging.getLogger().removeHandler(self._errors)

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """A call was answered. Its path is the route's, never what somebody wrote: `/api/users/{userId}`."""
        path = getattr(scope.get("route"), "path", "other")
        self._latency.labels(self._node, scope["method"], path, str(status)).observe(seconds)

    def tell(self, request: Request) -> Response:
        """What Prometheus asks for, or why it is not told."""
        if not self._may(request):
            return failure(Code.NOT_FOUND)
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)

    def _may(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._token is not None:
            return hmac.compare_digest(shown.encode(), self._token.encode())
        return self._addresses(request).loopback


class _Measured:
    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == PATH and scope["method"] == "GET":
            await self._metrics.tell(Request(scope))(scope, receive, send)
            return
        began = perf_counter()

        async def measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.answered(scope, message["status"], perf_counter() - began)
            await send(message)

        await self._app(scope, receive, measured)


class _Readings(Collector):
    def __init__(self, node: str, readings: tuple[Reading, ...]) -> None:
        self._node = node
        self._readings = readings

    def collect(self) -> Iterator[Metric]:
        """Read them all."""
        for reading in self._readings:
            kind = CounterMetricFamily if reading.counts else GaugeMetricFamily
            family = kind(f"presence_{reading.name}", reading.help, labels=["node"])
            family.add_metric([self._node], reading.read())
            yield family


class _CountsErrors(logging.Handler):
    count = 0

    def emit(self, _record: logging.LogRecord) -> None:
        """One more."""
        self.count += 1
