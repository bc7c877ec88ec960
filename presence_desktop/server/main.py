"""Builds the server from its settings, runs it, and takes it down; the only place that knows all the parts.

Decides the order: folder, lock, address, database, services, sockets, and back. What cannot start raises the exception
of the part that refused; `cli` turns it into a sentence and an exit status.
"""

import asyncio
import logging
import secrets
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.types import ASGIApp

from presence_desktop import __version__
from presence_desktop.server import backup_side, log, tls_side
from presence_desktop.server.account_side import AccountSide, account_side, milliseconds, opened
from presence_desktop.server.chat_side import ChatPeersLink, ChatSide
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.config import Config
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.presence import Rules
from presence_desktop.server.file_side import file_side
from presence_desktop.server.metrics_side import Parts, metrics_side
from presence_desktop.server.services.accounts.devices import Devices
from presence_desktop.server.services.accounts.sign_ins import SignInLimits, SignIns
from presence_desktop.server.services.accounts.tokens import Lifetimes, Tokens
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.services.ports import Clock, Publisher
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.services.presence.whereabouts import Nearby
from presence_desktop.server.services.upkeep.backups import Backups
from presence_desktop.server.services.upkeep.overview import Overview, Places
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.certificate import Certificate
from presence_desktop.server.stores.disk_use import disk_use
from presence_desktop.server.stores.sql.claim_rows import SqlClaimRows
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.presence_rows import SqlPresenceRows
from presence_desktop.server.transport import asgi
from presence_desktop.server.transport.live import presence_events, realtime
from presence_desktop.server.transport.live.sockets import Sockets
from presence_desktop.server.transport.web import listening
from presence_desktop.server.transport.web.cors import Origins

if TYPE_CHECKING:
    from presence_desktop.server.stores.redis.cluster import RedisCluster

_log = logging.getLogger("presence.server")


def _tokens(config: Config, side: AccountSide, clock: Clock) -> Tokens:
    lifetimes = Lifetimes(
        milliseconds(config.access_token_seconds), milliseconds(config.refresh_token_seconds)
    )
    key = folder.key(config.key_path)
    return Tokens(key, clock=clock, lifetimes=lifetimes, account=side.accounts.is_disabled)


def _sign_ins(
    config: Config, side: AccountSide, tokens: Tokens, clock: Clock, publisher: Publisher
) -> SignIns:
    limits = SignInLimits(
        by_account=Window(config.sign_in_tries_per_account, milliseconds(config.sign_in_window_seconds)),
        by_address=side.by_address,
        replay=milliseconds(config.refresh_replay_seconds),
    )
    return SignIns(
        accounts=side.accounts,
        store=side.store,
        sign_ins=side.sign_ins,
        passwords=side.passwords,
        tokens=tokens,
        clock=clock,
        publisher=publisher,
        limits=limits,
    )


def _presence(
    config: Config,
    side: AccountSide,
    database: Database,
    clock: Clock,
    publisher: Publisher,
    epoch: str,
    nearby: Nearby,
) -> PresenceService:
    kind = PresenceService if config.redis_url is None else SharedPresence
    return kind(
        clock=clock,
        publisher=publisher,
        profiles=side.accounts.profile,
        rows=SqlPresenceRows(database, clock),
        claims=SqlClaimRows(database),
        epoch=epoch,
        rules=Rules(
            idle=config.idle_seconds,
            grace=config.grace_seconds,
            entry_life=config.entry_life_seconds,
            clean_up=config.cleanup_seconds,
            polling_lease=config.polling_lease_seconds,
        ),
        pace=Window(config.status_changes, milliseconds(config.status_window_seconds)),
        write_seconds=config.write_seconds,
        heartbeat_row_seconds=config.heartbeat_row_seconds,
        nearby=nearby,
    )


def _cluster(
    config: Config,
    presence: PresenceService,
    database: Database,
    clock: Clock,
    node: str,
    chats: ChatSide,
    talks: Conversations,
) -> "list[RedisCluster | ChatPeersLink]":
    if config.redis_url is None or not isinstance(presence, SharedPresence):
        return []
    from presence_desktop.server.stores.redis.cluster import RedisCluster, RedisSettings
    from presence_desktop.server.stores.redis.presence import Lives

    settings = RedisSettings(
        config.redis_url.get_secret_value(),
        config.redis_prefix,
        Lives(config.entry_life_seconds, config.node_lease_seconds, config.node_beat_seconds),
        config.heartbeat_row_seconds,
    )
    return [
        RedisCluster(settings, presence, claims=SqlClaimRows(database), clock=clock, node=node),
        chats.peers(config.redis_url.get_secret_value(), talks, presence, node),
    ]


def _overview(
    config: Config,
    database: Database,
    side: AccountSide,
    clock: Clock,
    sockets: Sockets,
    backups: Backups,
    secure: Certificate | None,
) -> Overview:
    return Overview(
        clock=clock,
        accounts=side.accounts,
        administration=side.administration,
        crowd=sockets.crowd,
        shelf=backups,
        places=Places(database.file, config.files_path, config.backups_path),
        measure=disk_use,
        fingerprint=None if secure is None else secure.fingerprint,
        naming=side.naming,
    )


def _devices(
    side: AccountSide, sign_ins: SignIns, clock: Clock, settle: Callable[[], Awaitable[None]]
) -> Devices:
    return Devices(
        store=side.store,
        sign_ins=side.sign_ins,
        signing=sign_ins,
        passwords=side.passwords,
        clock=clock,
        settle=settle,
    )


def serve(config: Config) -> int:
    """Serve until SIGTERM or SIGINT; the return value is the exit status."""
    log.set_up(config.log_format, config.log_level)
    folder.prepare(config.data_dir)
    with folder.locked(config.data_dir), asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(config))
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


async def _serve(config: Config) -> None:
    stopping = asyncio.Event()
    _on_signals(stopping.set)
    bound = listening.listen(config.host, config.port)
    try:
        secure = tls_side.certificate(config, bound, SystemClock())
        async with opened(config, lasting=True) as database:
            if not stopping.is_set():
                await _run(config, database, bound, secure, stopping)
    finally:
        listening.close(bound)
    _log.info("server.stopped")


async def _run(
    config: Config,
    database: Database,
    bound: list[socket.socket],
    secure: Certificate | None,
    stopping: asyncio.Event,
) -> None:
    clock = SystemClock()
    side = account_side(config, database, clock)
    await side.accounts.start()
    await side.naming.start()
    await side.sign_ins.forget(clock.now())
    tokens = _tokens(config, side, clock)
    origins, epoch = Origins(config.cors_origins), secrets.token_hex(8)
    measured = metrics_side(config, epoch)
    link = realtime.build(
        fast=config.realtime == "fast",
        cors_origins="*" if origins.everybody else origins.allows_socket,
        ping_interval=config.ping_interval_seconds,
        ping_timeout=config.ping_timeout_seconds,
        max_payload=config.payload_bytes,
        backlog_limit=config.backlog_bytes,
        hub=measured.hub,
    )
    _log.info("socketio.initialized")
    sockets = Sockets(per_user=config.sockets_per_user)
    fanout = measured.fanout(
        outbox=link.outbox,
        rooms=link.outbox,
        sockets=sockets,
        profiles=side.accounts.profile,
        epoch=epoch,
    )
    chats = ChatSide(config, database, clock, link.outbox, sockets)
    presence = _presence(config, side, database, clock, fanout, epoch, chats.nearby)
    talks = chats.join(presence, side.accounts.profile)
    door = presence_events.attach(
        link.sio,
        presence=presence,
        attendance=talks.attendance,
        authenticate=tokens.authenticate,
        outbox=link.outbox,
        rooms=link.outbox,
        sockets=sockets,
        server_name=lambda: side.naming.name,
    )
    chats.attach(link.sio, door, talks, presence)
    cluster = _cluster(config, presence, database, clock, epoch, chats, talks)
    await presence.start()
    for peers in cluster:
        await peers.start()
    _log.info("online-status-manager.initialized")
    _log.info("online-status-socket.initialized")
    sign_ins = _sign_ins(config, side, tokens, clock, fanout)
    kept = file_side(config, database, side.accounts, clock)
    side.accounts.tells(presence.renewed)
    await side.accounts.look(tokens, fanout)
    linked = (lambda: all(peers.linked for peers in cluster)) if cluster else None
    settle = partial(side.accounts.look, tokens, fanout)
    side.administration.settles(settle)
    backups = backup_side.backups(config, clock)
    services = asgi.Services(
        side.accounts,
        side.administration,
        _overview(config, database, side, clock, sockets, backups, secure),
        _devices(side, sign_ins, clock, settle),
        sockets,
        sign_ins,
        side.invites,
        tokens,
        presence,
        talks,
        kept.files,
        kept.avatars,
        database.answers,
        linked,
    )
    measured.read(Parts(sockets, fanout, presence, talks, side.passwords, linked))
    app = asgi.build(config, services, origins, link.sio, measured.around)

    def reachable() -> None:
        told = {"url": listening.url(bound, encrypted=secure is not None), "version": __version__}
        shown = {} if secure is None else {"fingerprint": secure.fingerprint}
        shown |= {} if side.naming.name is None else {"name": side.naming.name}
        _log.info("server.listening", extra=log.fields(**told, **shown))

    async def goodbye() -> None:
        fanout.farewell()
        await link.close(config.shutdown_seconds / 4)

    server = listening.WebServer(_uvicorn(config, app, link.ws, secure), ready=reachable, goodbye=goodbye)
    work = (
        side.accounts.watch(tokens, fanout, every=config.accounts_poll_seconds),
        side.naming.watch(),
        kept.care.watch(every=config.file_sweep_seconds),
        backups.watch(),
        measured.watch(),
        _stop(server, stopping),
    )
    tasks = [asyncio.create_task(each) for each in work]
    try:
        await server.serve(bound)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await kept.close()
        await talks.stop(config.shutdown_seconds / 4)
        for peers in reversed(cluster):
            await peers.stop()
        await presence.stop()
        side.passwords.close()
        measured.close()


async def _stop(server: uvicorn.Server, stopping: asyncio.Event) -> None:
    await stopping.wait()
    _log.info("server.stopping")
    server.should_exit = True


def _uvicorn(config: Config, app: ASGIApp, ws: Any, secure: Certificate | None) -> uvicorn.Config:
    settings = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws=ws,
        ws_max_size=config.payload_bytes,
        ws_ping_interval=None,
        timeout_graceful_shutdown=max(1, round(config.shutdown_seconds / 2)),
    )
    return tls_side.fitted(settings, secure)


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)
