"""Over TLS a slow reader is bounded and cut as without it, and the others get everything."""

import asyncio
import ssl

import pytest

from presence_desktop.server.stores import certificate
from presence_desktop.server.transport.live import realtime
from tests.server.stores.test_certificate import NAMES, NOW
from tests.server.transport.raw_socket import connected
from tests.server.transport.serving import live

BACKLOG = 200_000
CHUNK = "x" * 20_000


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> certificate.Certificate:
    return certificate.made(tmp_path_factory.mktemp("tls"), NAMES, NOW)


async def test_a_slow_reader_is_cut_and_the_others_get_everything(
    fast: bool, shown: certificate.Certificate
) -> None:
    files = {"ssl_certfile": str(shown.path), "ssl_keyfile": str(shown.key)}
    trust = ssl.create_default_context(cafile=str(shown.path))
    async with live(fast=fast, tls=files, backlog_limit=BACKLOG) as link:
        reasons: list[str] = []
        link.sio.on("disconnect", lambda _sid, reason: reasons.append(reason))
        async with connected(link.port, tls=trust) as lazy, connected(link.port, tls=trust) as other:
            await lazy.join()
            lazy.writer.transport.pause_reading()  # type: ignore[attr-defined]
            await other.join()
            said = 0
            while not reasons:
                said += 1
                assert said * len(CHUNK) < 40_000_000
                link.outbox.emit("n", {"number": said, "filling": CHUNK})
                assert (await other.hear_event())[1]["number"] == said
            assert reasons == [realtime.SLOW_READER]
            link.outbox.emit("end")
            assert await other.hear_event() == ["end"]
            lazy.writer.transport.abort()


async def test_what_waits_for_a_slow_reader_is_bounded(shown: certificate.Certificate) -> None:
    files = {"ssl_certfile": str(shown.path), "ssl_keyfile": str(shown.key)}
    trust = ssl.create_default_context(cafile=str(shown.path))
    async with (
        live(fast=True, tls=files, backlog_limit=BACKLOG) as link,
        connected(link.port, tls=trust) as lazy,
    ):
        await lazy.join()
        lazy.writer.transport.pause_reading()  # type: ignore[attr-defined]
        session = next(iter(link.sio.eio.sockets.values()))
        most = 0
        while session.link is not None:
            most = max(most, session.link.waiting())
            link.outbox.emit("n", CHUNK)
            await asyncio.sleep(0)
        assert most < BACKLOG + 3 * len(CHUNK)
        lazy.writer.transport.abort()
