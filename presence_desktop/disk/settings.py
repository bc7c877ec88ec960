"""What the app remembers from run to run, no secrets: one JSON file, written whole or not at all.

A file that cannot be read is put aside (`settings.json.broken`) and the defaults serve, for single fields where the
rest can be read. Fields of a newer version are kept as they were found. Losing a setting is never worth a failure:
`save` says whether it worked, and the log says why not.
"""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.structs import asdict, replace

from presence_desktop.core.favourites import Item, Section
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.disk import own_file

logger = logging.getLogger(__name__)

_MOST_BYTES = 1_000_000
_ORDERS = ("watched", "sections", "folded", "recent", "through")
"""What is kept by account (`watched_as`)."""


class KnownServer(Struct, frozen=True, kw_only=True):
    """A server somebody signed in to here."""

    server: str
    """Its base URL."""
    account: str
    """The e-mail address."""
    stay: bool | None = None
    """Whether one is signed in again at the next start; None: written by a version that knew one account at a time."""
    called: str = ""
    """What the server called itself last; empty: nothing."""

    @property
    def name(self) -> str:
        """As `Settings.opened` has it."""
        return f"{self.server} {self.account}"


class Hosting(Struct, frozen=True, kw_only=True):
    """The server that this app hosts."""

    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    """Chosen once and kept; None before the first time."""
    reachable: bool = False
    """Whether it listens for the network, not for this computer alone."""
    running: bool = False
    """Whether it is to run when the app does."""
    hosted: bool = False
    """Whether it ever ran."""
    findable: bool = True
    """Whether it says in the network where it is, while that may reach it."""


class Notices(Struct, frozen=True, kw_only=True):
    """What the app says outside its window."""

    on: bool = True
    """Whether messages are told of."""
    texts: bool = True
    """Whether what was written is shown there."""


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, with their defaults. Change them with `changed`."""

    servers: tuple[KnownServer, ...] = ()
    """In the order in which they stand side by side."""
    opened: str = ""
    """The name of the one that was in view last."""
    status_everywhere: bool = False
    """Whether a status that is chosen holds on all servers."""
    stay_signed_in: bool = True
    """Whether the first of `servers` comes back, as far as it does not say so itself."""
    language: Literal["system", "ko", "en"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    side: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    """How wide the list is, in logical pixels; None: as it is made for."""
    window: str | None = None
    """The window's geometry and state, as the window wrote them."""
    hosting: Hosting = Hosting()
    nearby: bool = True
    """Whether servers in the network are looked for, while somebody looks at the first page."""
    notices: Notices = Notices()
    closing: Literal["system", "quit", "keep"] = "system"
    """What closing the window does: go on in the tray where there is one (else end), end, or go on in any case."""
    told_of_tray: bool = False
    """Whether the person was told that the app goes on in the tray."""
    watched: dict[str, dict[int, Literal["once", "always"]]] = {}
    """Whom one wants to be told of when they are back: by account (`watched_as`), then by user id."""
    sections: dict[str, tuple[Section, ...]] = {}
    """Favourites and sections of one's own, by account (`watched_as`)."""
    folded: dict[str, frozenset[int]] = {}
    """Which of the conversations and the people below all sections are folded, by account (`Sections.shut`)."""
    recent: dict[str, tuple[Item, ...]] = {}
    """Which conversations were opened last, the latest first, by account (`watched_as`)."""
    through: dict[str, frozenset[int]] = {}
    """Who may break through quiet times, by account (`watched_as`), as user ids."""
    hours: WorkingHours = WorkingHours()
    """When one works; outside of it nothing pops up."""
    quiet_until: int | None = None
    """Quiet was asked for until then, in ms."""
    loud_until: int | None = None
    """Quiet by the hours was ended until then, in ms."""
    recent_emoji: tuple[str, ...] = ()
    """The emoji used last, the latest first."""

    def changed(self, **fields: object) -> "Settings":
        """The same with these fields changed, given as they are or as the file has them. Raises
        `msgspec.ValidationError` (or another ValueError, for what cannot be written) for a wrong value.
        """
        read = {name: _read(msgspec.json.encode(value), _KINDS[name]) for name, value in fields.items()}
        return replace(self, **read)

    @property
    def accounts(self) -> tuple[KnownServer, ...]:
        """The servers, each of which says whether one is signed in again at the next start."""
        return tuple(
            known if known.stay is not None else _decided(known, self.stay_signed_in and place == 0)
            for place, known in enumerate(self.servers)
        )

    def signed_in(self, server: str, account: str) -> "Settings":
        """The same with this account to come back; a new one stands last."""
        now = KnownServer(server=server, account=account)
        known = self.accounts if now.name in (one.name for one in self.accounts) else (*self.accounts, now)
        return self._with(_decided(one, True) if one.name == now.name else one for one in known)

    def signed_out(self, server: str, account: str) -> "Settings":
        """The same with this account remembered, but not signed in again."""
        name = KnownServer(server=server, account=account).name
        return self._with(_decided(one, False) if one.name == name else one for one in self.accounts)

    def without(self, server: str, account: str) -> "Settings":
        """The same without this account."""
        name = KnownServer(server=server, account=account).name
        left = self if self.opened != name else self.changed(opened="")
        return left._with(one for one in self.accounts if one.name != name)

    def without_orders(self, server: str, user_id: int | None) -> "Settings":
        """The same without what this account's person arranged; None: nor anybody else of that server."""

        def stays(name: str) -> bool:
            return (
                name.rpartition(" ")[0] != server if user_id is None else name != watched_as(server, user_id)
            )

        kept = (
            {name: held for name, held in getattr(self, field).items() if stays(name)} for field in _ORDERS
        )
        return self.changed(**dict(zip(_ORDERS, kept, strict=True)))

    def called(self, server: str, name: str) -> "Settings":
        """The same with this server called so."""
        return self._with(replace(one, called=name) if one.server == server else one for one in self.accounts)

    def arranged(self, order: Sequence[tuple[str, str]]) -> "Settings":
        """The same with the accounts, as (server, account), in this order; others stand last."""
        places = {one: place for place, one in enumerate(order)}
        return self._with(
            sorted(self.accounts, key=lambda one: places.get((one.server, one.account), len(places)))
        )

    def _with(self, known: Iterable[KnownServer]) -> "Settings":
        return self.changed(servers=tuple(known))


def _decided(known: KnownServer, stay: bool) -> KnownServer:
    return replace(known, stay=stay)


_KINDS = {field.name: field.type for field in msgspec.structs.fields(Settings)}


def _read(content: bytes | Raw, kind: Any) -> Any:
    """What is written there, if it is of this kind. Raises ValueError."""
    return msgspec.json.decode(content, type=kind)


def watched_as(server: str, user_id: int) -> str:
    """An account's name in `Settings.watched`."""
    return f"{server} {user_id}"


class SettingsFile:
    """The file with the settings."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, Raw] = {}
        """What stands in it, by the names of the fields, without what is wrong."""
        self.lost = False
        """Nothing of the file could be understood: it was put aside, and the defaults serve."""

    def load(self) -> Settings:
        """What was saved last, or the defaults."""
        self._found = {}
        try:
            with self._path.open("rb") as file:
                content = file.read(_MOST_BYTES)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            logger.warning("the settings could not be read: %s", error.strerror)
            return Settings()
        try:
            self._found = msgspec.json.decode(content.decode(), type=dict[str, Raw])
        except (ValueError, RecursionError):
            self.lost = True
            self._put_aside("all")
            return Settings()
        return self._understood()

    def save(self, settings: Settings) -> bool:
        """Write the settings; the old ones stay if that fails. Whether it worked."""
        content = msgspec.json.encode(_beside_newer(self._found, settings))
        self._found = _read(content, dict[str, Raw])
        try:
            own_file.write(self._path, msgspec.json.format(content, indent=2))
        except OSError as error:
            logger.warning("the settings could not be written: %s", error.strerror)
            return False
        return True

    def _understood(self) -> Settings:
        """What was found, without the fields that are wrong."""
        fields: dict[str, Any] = {}
        wrong: list[str] = []
        for name in [one for one in self._found if one in _KINDS]:
            try:
                fields[name] = _read(self._found[name], _KINDS[name])
            except ValueError:
                del self._found[name]
                wrong.append(name)
        if wrong:
            self._put_aside(", ".join(wrong))
        return Settings(**fields)

    def _put_aside(self, wrong: str) -> None:
        aside = own_file.put_aside(self._path)
        logger.warning("the settings could not be understood (%s); they were put aside as %s", wrong, aside)


def _beside_newer(found: dict[str, Raw], settings: Settings) -> dict[str, object]:
    """The settings, beside the fields that were found and that only a newer version knows, within them too."""
    servers = found.get("servers", Raw(b"[]"))
    accounts = zip(_read(servers, tuple[KnownServer, ...]), _read(servers, list[dict[str, Raw]]), strict=True)
    known = {account.name: fields for account, fields in accounts}

    def within(name: str, now: Struct) -> dict[str, object]:
        return {**_read(found.get(name, Raw(b"{}")), dict[str, Raw]), **asdict(now)}

    return {
        **found,
        **asdict(settings),
        "servers": [{**known.get(one.name, {}), **asdict(one)} for one in settings.servers],
        "hosting": within("hosting", settings.hosting),
        "notices": within("notices", settings.notices),
    }
