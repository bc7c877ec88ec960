"""The one ASGI application: REST, its documentation and Socket.IO behind one port.

Decides what lies around what. Every answer of REST passes, from outside in: its name, what measures it, the origins of
web pages, the limit on bodies, the contract's shape of errors.
"""

from collections.abc import Awaitable, Callable

import socketio
from fastapi import FastAPI
from msgspec import Struct
from starlette.types import ASGIApp

from presence_desktop import __version__
from presence_desktop.protocol import limits
from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.devices import Devices
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.services.accounts.invites import Invites
from presence_desktop.server.services.accounts.sign_ins import SignIns
from presence_desktop.server.services.accounts.tokens import Tokens
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.services.files.avatars import AvatarService
from presence_desktop.server.services.files.service import FileService
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.services.upkeep.overview import Overview
from presence_desktop.server.transport.live.sockets import Sockets
from presence_desktop.server.transport.rest import (
    admin,
    auth,
    avatars,
    conversations,
    devices,
    errors,
    files,
    health,
    invites,
    messages,
    presence,
    search,
    server,
    users,
)
from presence_desktop.server.transport.rest.callers import Addresses, caller
from presence_desktop.server.transport.web import docs
from presence_desktop.server.transport.web.bodies import BodyLimit
from presence_desktop.server.transport.web.cors import Cors, Origins
from presence_desktop.server.transport.web.request_ids import RequestIds


class Services(Struct, frozen=True):
    """What the transport calls."""

    accounts: Accounts
    administration: Administration
    overview: Overview
    devices: Devices
    sockets: Sockets
    sign_ins: SignIns
    invites: Invites
    tokens: Tokens
    presence: PresenceService
    conversations: Conversations
    files: FileService
    avatars: AvatarService
    ready: Callable[[], Awaitable[bool]]
    linked: Callable[[], bool] | None = None
    """Whether the other servers are in sight; None where there are none."""


def build(
    config: Config,
    services: Services,
    origins: Origins,
    sio: socketio.AsyncServer,
    around: Callable[[ASGIApp], ASGIApp],
) -> ASGIApp:
    """The application for these settings; `around` may measure REST."""
    larger = {"/api/uploads/": config.file_bytes, "/api/users/me/avatar": 2 * limits.AVATAR_BYTES}
    rest = Cors(BodyLimit(_rest(config, services), config.payload_bytes, larger), origins)
    named = RequestIds(around(rest))
    application: ASGIApp = socketio.ASGIApp(sio, other_asgi_app=named)
    return application


def _rest(config: Config, services: Services) -> FastAPI:
    app = FastAPI(
        title="Presence Desktop server",
        version=__version__,
        description="Accounts, people, presence and conversations. Live events travel over Socket.IO on the same port.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    addresses = Addresses(config.trusted_proxies)
    tokens, accounts = services.tokens, services.accounts
    identify = caller(tokens.authenticate, services.presence.touch)
    app.include_router(auth.router(accounts, services.sign_ins, addresses, tokens.authenticate))
    app.include_router(presence.router(services.presence, identify))
    seen = services.presence.status_and_last_seen
    app.include_router(users.router(accounts, seen, identify))
    app.include_router(devices.router(services.devices, services.sockets, addresses, identify))
    administration = services.administration
    app.include_router(invites.router(administration, services.invites, identify))
    app.include_router(admin.router(administration, seen, identify))
    app.include_router(server.router(services.overview, identify))
    app.include_router(conversations.router(services.conversations, identify))
    app.include_router(messages.router(services.conversations, identify))
    app.include_router(search.router(services.conversations, identify))
    app.include_router(files.router(services.files, identify))
    app.include_router(avatars.router(services.avatars, identify))
    app.include_router(health.router(services.ready, services.linked))
    docs.install(app)
    errors.install(app)
    return app
