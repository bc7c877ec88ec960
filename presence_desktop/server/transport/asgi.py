"""The one ASGI application: REST, its documentation and Socket.IO behind one port.

Decides what lies around what. Every answer of REST passes, from outside in: its name, what measures it, the origins of
web pages, the limit on bodies, the contract's shape of errors.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import socketio
from fastapi import FastAPI
from starlette.types import ASGIApp

from presence_desktop import __version__
from presence_desktop.protocol import limits
from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts import Accounts
from presence_desktop.server.services.administration import Administration
from presence_desktop.server.services.avatars import AvatarService
from presence_desktop.server.services.conversations import Conversations
from presence_desktop.server.services.devices import Devices
from presence_desktop.server.services.files import FileService
from presence_desktop.server.services.invites import Invites
from presence_desktop.server.services.overview import Overview
from presence_desktop.server.services.presence import PresenceService
from presence_desktop.server.services.sign_ins import SignIns
from presence_desktop.server.services.tokens import Tokens
from presence_desktop.server.transport import (
    docs,
    errors,
    rest_admin,
    rest_auth,
    rest_avatars,
    rest_chat,
    rest_devices,
    rest_files,
    rest_health,
    rest_invites,
    rest_messages,
    rest_presence,
    rest_search,
    rest_server,
    rest_users,
)
from presence_desktop.server.transport.bodies import BodyLimit
from presence_desktop.server.transport.callers import Addresses, caller
from presence_desktop.server.transport.cors import Cors, Origins
from presence_desktop.server.transport.request_ids import RequestIds
from presence_desktop.server.transport.sockets import Sockets


@dataclass(frozen=True, slots=True)
class Services:
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
    presence = services.presence
    identify = caller(tokens.authenticate, presence.touch)
    app.include_router(rest_auth.router(accounts, services.sign_ins, addresses, tokens.authenticate))
    app.include_router(rest_presence.router(presence, identify))
    app.include_router(rest_users.router(accounts, presence.status_and_last_seen, identify))
    app.include_router(rest_devices.router(services.devices, services.sockets, addresses, identify))
    administration = services.administration
    app.include_router(rest_invites.router(administration, services.invites, identify))
    app.include_router(rest_admin.router(administration, presence.status_and_last_seen, identify))
    app.include_router(rest_server.router(services.overview, identify))
    app.include_router(rest_chat.router(services.conversations, identify))
    app.include_router(rest_messages.router(services.conversations, identify))
    app.include_router(rest_search.router(services.conversations, identify))
    app.include_router(rest_files.router(services.files, identify))
    app.include_router(rest_avatars.router(services.avatars, identify))
    app.include_router(rest_health.router(services.ready, services.linked))
    docs.install(app)
    errors.install(app)
    return app
