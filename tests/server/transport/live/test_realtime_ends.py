"""How connections end on both transports, and what the disconnect handler is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from presence_desktop.server.transport.live import realtime
from tests.server.transport.raw_socket import CLOSE, Poller, client_frame, connected
from tests.server.transport.serving import Live, live
from tests.waiting import eventually_async


def note_reasons(link: Live) -> list[str]:
    """Why each socket went, in order."""
    reasons: list[str] = []
    link.sio.on("disconnect", lambda sid, reason: reasons.append(reason))
    return reasons


def leave_namespace(socket: Any) -> None:
    socket.say("41")


def leave_engine(socket: Any) -> None:
    socket.say("1")


def close_politely(socket: Any) -> None:
    socket.write(client_frame((1001).to_bytes(2, "big"), CLOSE))


def vanish(socket: Any) -> None:
    socket.writer.transport.abort()


def break_socket_io(socket: Any) -> None:
    socket.say("4abc")


@pytest.mark.parametrize(
    ("leave", "reason"),
    [
        (leave_namespace, {realtime.CLIENT_DISCONNECT}),
        (leave_engine, {realtime.CLIENT_DISCONNECT}),
        (close_politely, {realtime.TRANSPORT_CLOSE}),
        (vanish, {realtime.TRANSPORT_CLOSE}),
        (break_socket_io, {realtime.TRANSPORT_ERROR}),
    ],
)
async def test_the_handler_is_told_why(link: Live, leave: Callable[[Any], None], reason: set[str]) -> None:
    reasons = note_reasons(link)
    async with connected(link.port) as socket:
        await socket.join()
        leave(socket)
        await eventually_async(lambda: reasons)
        assert set(reasons) == reason
    await eventually_async(lambda: not link.sio.eio.sockets)
    assert len(reasons) == 1
    assert not link.sio.environ


async def test_silence_is_told_as_such(fast: bool) -> None:
    async with live(fast=fast, ping_interval=0.1, ping_timeout=0.1) as link:
        reasons = note_reasons(link)
        async with connected(link.port) as socket:
            await socket.join()
            await eventually_async(lambda: reasons)
        assert reasons == [realtime.PING_TIMEOUT]
        poller = await Poller.open(link.port)
        await poller.push("40")
        await eventually_async(lambda: len(reasons) == 2)
        assert reasons[1] == realtime.PING_TIMEOUT
        assert (await poller.poll())[0] == 400


@pytest.mark.parametrize("how", ["outbox", "sio"])
async def test_the_server_cuts_after_what_it_said(link: Live, how: str) -> None:
    reasons = note_reasons(link)
    async with connected(link.port) as socket:
        sid = await socket.join()
        link.outbox.emit("goodbye", None, sid)
        if how == "outbox":
            link.outbox.disconnect(sid)
            link.outbox.disconnect(sid)
        else:
            await link.sio.disconnect(sid)
        assert await socket.hear() == '42["goodbye"]'
        assert await socket.hear() == "41"
        if how == "outbox":
            await socket.closed()
        await eventually_async(lambda: reasons)
    assert reasons == [realtime.SERVER_DISCONNECT]


@pytest.mark.parametrize("waiting", [True, False])
async def test_a_polling_client_is_cut_after_what_it_was_told(link: Live, waiting: bool) -> None:
    reasons = note_reasons(link)
    sids: list[str] = []
    link.sio.on("connect", lambda sid, environ, auth: sids.append(sid))
    poller = await Poller.open(link.port)
    await poller.push("40")
    await poller.hear()
    session = next(iter(link.sio.eio.sockets.values()))
    poll = asyncio.create_task(poller.hear()) if waiting else None
    await eventually_async(lambda: session.polling is waiting)
    link.outbox.emit("goodbye", None, sids[0])
    link.outbox.disconnect(sids[0])
    await eventually_async(lambda: reasons)
    assert await (poll or poller.hear()) == '42["goodbye"]'
    if not waiting:
        assert await poller.hear() == "41"
    await eventually_async(lambda: not link.sio.eio.sockets)
    assert (await poller.poll())[0] == 400
    assert reasons == [realtime.SERVER_DISCONNECT]


async def test_who_vanishes_while_asking_is_accepted_and_then_gone(link: Live) -> None:
    told: list[str] = []
    asked, decide = asyncio.Event(), asyncio.Event()

    async def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
        asked.set()
        await decide.wait()
        told.append("in")

    link.sio.on("connect", connect)
    link.sio.on("disconnect", lambda sid, reason: told.append(reason))
    async with connected(link.port) as socket:
        await socket.hear()
        socket.say("40")
        await asked.wait()
        socket.writer.transport.abort()
    decide.set()
    await eventually_async(lambda: len(told) == 2)
    assert told == ["in", realtime.TRANSPORT_CLOSE]
    await eventually_async(lambda: not link.sio.eio.sockets)


async def test_a_connection_without_a_namespace_does_not_stay(
    fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("presence_desktop.server.transport.link.sio_server.JOIN_SECONDS", 0.1)
    async with (
        live(fast=fast, ping_interval=0.15, ping_timeout=5) as link,
        connected(link.port) as stray,
        connected(link.port) as joined,
    ):
        await joined.join()
        await stray.closed()
        link.outbox.emit("still here")
        assert await joined.hear() == '42["still here"]'


async def test_the_server_says_goodbye(fast: bool) -> None:
    async with live(fast=fast) as link:
        reasons = note_reasons(link)
        poller = await Poller.open(link.port)
        await poller.push("40")
        await poller.hear()
        poll = asyncio.create_task(poller.poll())
        await eventually_async(lambda: next(iter(link.sio.eio.sockets.values())).polling)
        async with connected(link.port) as socket:
            link.outbox.emit("last words", None, await socket.join())
            closing = asyncio.create_task(link.realtime.close(3))
            assert await socket.hear() == '42["last words"]'
            end = await socket.closed()
            if fast:
                assert (end.code, end.reason) == (1001, "server shutting down")
            socket.write(client_frame((1001).to_bytes(2, "big"), CLOSE))
            await closing
        assert (await poll)[1].endswith("1")
        assert reasons == [realtime.SHUTTING_DOWN, realtime.SHUTTING_DOWN]
        async with connected(link.port) as late:
            assert late.status == 400


async def test_who_does_not_answer_the_goodbye_is_not_waited_for() -> None:
    loop = asyncio.get_running_loop()
    async with live(fast=True) as link, connected(link.port) as socket:
        await socket.join()
        begun = loop.time()
        await link.realtime.close(0.2)
        assert loop.time() - begun < 1.5
        assert (await socket.closed()).code == 1001


@asynccontextmanager
async def secured(folder: Path, *, fast: bool) -> AsyncIterator[tuple[Live, ssl.SSLContext]]:
    """A live link over TLS, and what a client needs to trust it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    now = datetime.now(UTC)  # noqa: TID251 - a certificate is about the wall clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    files = {"ssl_certfile": str(pem), "ssl_keyfile": str(secret)}
    async with live(fast=fast, tls=files) as link:
        yield link, ssl.create_default_context(cafile=str(pem))


async def test_it_works_over_tls(tmp_path: Path, fast: bool) -> None:
    async with secured(tmp_path, fast=fast) as (link, trust):
        reasons = note_reasons(link)
        link.sio.on("hello", lambda sid, name: f"hello {name}")
        async with connected(link.port, tls=trust) as socket:
            await socket.join()
            socket.say('421["hello","there"]')
            assert await socket.hear() == '431["hello there"]'
            link.outbox.emit("big", "x" * 300_000)
            assert len(await socket.hear()) > 300_000
            socket.say("41")
            await eventually_async(lambda: reasons)
