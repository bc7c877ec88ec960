"""All that bears on how one looks to others, as words: the material of the status page, on the screen and copied.

Decides the wording and what is worth a warning; the values come from `core`.
"""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QLocale

from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.core.device_report import DeviceReport, Seen
from presence_desktop.core.hush import Hush
from presence_desktop.gui.fonts import draws_emoji, draws_korean
from presence_desktop.gui.hush_words import hush_words
from presence_desktop.gui.when import ago, at
from presence_desktop.gui.words import (
    begun,
    choice_word,
    custom_words,
    link_sentence,
    reason_words,
    status_word,
)
from presence_desktop.protocol.status import Reason, Status

_tr = QCoreApplication.translate
_APART_MS = 60_000
"""Clocks this far apart are worth a warning."""
_MINUTES_MS = 120_000
"""Clocks this far apart are told in minutes."""
_SLOW_MS = 1_000
_MINUTE = 60


class Fact(Struct, frozen=True):
    """One line: what, how it stands, and whether that is worth a look."""

    name: str
    words: str
    warning: bool = False

    @property
    def value(self) -> str:
        """How it stands, written as what stands alone is."""
        return begun(self.words)


class Part(Struct, frozen=True):
    """Facts under a title."""

    title: str
    facts: tuple[Fact, ...]


def shown_status(client: Client) -> Status | None:
    """What others see now; None: nobody can say."""
    return client.own.shown if client.connection.state is LinkState.ONLINE else None


def answer(client: Client, report: DeviceReport) -> str:
    """Why one looks as one does, and what to do about it, in a sentence or two."""
    own, status = client.own, shown_status(client)
    if status is None:
        return _tr(
            "facts",
            "There is no link to the server, so the others see you as offline, or soon will. "
            "It is tried again by itself.",
        )
    if status is Status.ONLINE:
        return _tr("facts", "You do not: the others see you as online.")
    if own.choice is not Status.ONLINE:
        return _tr(
            "facts",
            "You chose this yourself. Choose “Online” in your status, and it follows what you do again.",
        )
    return _reason_answer(own.reason, report)


def _reason_answer(reason: Reason | None, report: DeviceReport) -> str:
    if reason is Reason.LOCKED:
        return _tr("facts", "A screen of yours is locked, and no other device of yours was used for a while.")
    if reason is Reason.IDLE and not report.idle_source:
        return _tr(
            "facts",
            "No device of yours was used for a while. This computer cannot tell whether you are at it: "
            "choose your status by hand if it is wrong.",
        )
    if reason is Reason.IDLE:
        return _tr("facts", "No keyboard or mouse of yours was used for a while.")
    return _tr("facts", "The server says so; it gave no reason.")


def parts(client: Client, report: DeviceReport, hush: Hush, now: int) -> tuple[Part, ...]:
    """Everything, by where it belongs."""
    return (
        Part(_tr("facts", "What the others see"), _seen_by_others(client, now)),
        Part(_tr("facts", "What you are told"), _told(client, hush, now)),
        Part(_tr("facts", "This computer"), _computer(report, client.idle_limit, now)),
        Part(_tr("facts", "Noticed lately"), _noticed(report, now)),
        Part(_tr("facts", "The link to the server"), _link(client, now)),
        Part(_tr("facts", "What the desktop offers"), _desktop(report)),
    )


def as_text(title: str, lead: str, shown: tuple[Part, ...], system: str) -> str:
    """The page as text, to be sent to somebody who helps. It names no people, no server and no account."""
    lines = [title, lead]
    for part in shown:
        lines += ["", part.title, *(f"  {fact.name}: {fact.value}" for fact in part.facts)]
    return "\n".join([*lines, "", system])


def _seen_by_others(client: Client, now: int) -> tuple[Fact, ...]:
    own, status = client.own, shown_status(client)
    facts = [Fact(_tr("facts", "Status"), status_word(status), status is None)]
    if status is not None and own.reason is not None:
        facts.append(Fact(_tr("facts", "Reason"), reason_words(own.reason)))
    if status is not None and own.since is not None:
        facts.append(Fact(_tr("facts", "Since"), at(own.since, now)))
    chosen = choice_word(own.choice)
    if own.choice is Status.ONLINE:
        chosen = _tr("facts", "online: follows what you do")
    elif own.until is not None:
        chosen = _tr("facts", "{status}, until {time}").format(status=chosen, time=at(own.until, now))
    facts.append(Fact(_tr("facts", "You chose"), chosen))
    if custom := custom_words(own.emoji, own.text):
        facts.append(Fact(_tr("facts", "Custom status"), custom))
    return tuple(facts)


def _told(client: Client, hush: Hush, now: int) -> tuple[Fact, ...]:
    return tuple(Fact(name, value) for name, value in hush_words(client, hush, now))


def _touched(idle_seconds: int, now: int) -> str:
    """When the computer was used last: to the second while that still decides nothing, then in larger steps."""
    if idle_seconds < _MINUTE:
        seconds = QLocale().toString(idle_seconds)
        return _tr("facts", "{count} s ago").format(count=seconds)
    return ago(now - idle_seconds * 1000, now)


def _computer(report: DeviceReport, limit: int, now: int) -> tuple[Fact, ...]:
    sources = {
        "system": _tr("facts", "the system"),
        "mutter": _tr("facts", "GNOME"),
        "x11": _tr("facts", "the X server"),
        "screensaver": _tr("facts", "the screen saver service"),
    }
    source = sources.get(report.idle_source)
    if source is None:
        source = _tr("facts", "nobody: this desktop does not tell, so only a locked screen counts")
    facts = [Fact(_tr("facts", "Told by"), source, not report.idle_source)]
    if report.idle_seconds is not None:
        facts.append(Fact(_tr("facts", "Last used"), _touched(report.idle_seconds, now)))
    minutes = QLocale().toString(limit / 60, "f", 0 if limit % 60 == 0 else 1)
    after = _tr("facts", "{count} min without keyboard and mouse; the server decides").format(count=minutes)
    facts.append(Fact(_tr("facts", "Counts as away after"), after))
    locked = _tr("facts", "locked") if report.locked else _tr("facts", "not locked")
    sleep = (
        _tr("facts", "told before it comes")
        if report.sleep_told
        else _tr("facts", "noticed only when it is over")
    )
    return (*facts, Fact(_tr("facts", "Screen"), locked), Fact(_tr("facts", "Sleep"), sleep))


def _noticed(report: DeviceReport, now: int) -> tuple[Fact, ...]:
    words = {
        Seen.LOCKED: _tr("facts", "the screen was locked"),
        Seen.UNLOCKED: _tr("facts", "the screen was unlocked"),
        Seen.LEFT: _tr("facts", "nobody had used it for a while"),
        Seen.TOUCHED: _tr("facts", "somebody used it again"),
        Seen.SLEPT: _tr("facts", "the computer went to sleep"),
        Seen.WOKE: _tr("facts", "the computer woke up"),
    }
    facts = tuple(Fact(at(sight.at, now), words[sight.what]) for sight in report.seen)
    return facts or (Fact(_tr("facts", "Nothing"), _tr("facts", "no lock, no sleep since the app started")),)


def _link(client: Client, now: int) -> tuple[Fact, ...]:
    connection, pulse = client.connection, client.pulse
    if connection.state is not LinkState.ONLINE:
        facts = [Fact(_tr("facts", "State"), link_sentence(connection.reason), warning=True)]
        if connection.next_try_at is not None:
            facts.append(Fact(_tr("facts", "Next try"), at(connection.next_try_at, now)))
        return tuple(facts)
    facts = [Fact(_tr("facts", "State"), _tr("facts", "connected"))]
    if pulse.latency is not None:
        took = _tr("facts", "{count} ms").format(count=QLocale().toString(pulse.latency))
        facts.append(Fact(_tr("facts", "Answers within"), took, pulse.latency > _SLOW_MS))
    if pulse.offset is not None:
        facts.append(Fact(_tr("facts", "Clocks"), _apart(pulse.offset), abs(pulse.offset) > _APART_MS))
    return tuple(facts)


def _apart(offset: int) -> str:
    seconds = QLocale().toString(abs(offset) / 1000, "f", 1)
    if abs(offset) < 50:
        return _tr("facts", "the same here and on the server")
    if abs(offset) >= _MINUTES_MS:
        minutes = round(abs(offset) / 60_000)
        if offset > 0:
            return _tr("facts", "this computer's is %n min behind the server's", "", minutes)
        return _tr("facts", "this computer's is %n min ahead of the server's", "", minutes)
    if offset > 0:
        return _tr("facts", "this computer's is {count} s behind the server's").format(count=seconds)
    return _tr("facts", "this computer's is {count} s ahead of the server's").format(count=seconds)


def _desktop(report: DeviceReport) -> tuple[Fact, ...]:
    here, missing = _tr("facts", "here"), _tr("facts", "not here")
    unknown = _tr("facts", "cannot be asked")
    words = {True: here, False: missing, None: unknown}
    keyring = {
        True: _tr("facts", "keeps you signed in"),
        False: _tr("facts", "none: you are asked for your password at the next start"),
        None: _tr("facts", "was not needed yet"),
    }
    boxes = _tr("facts", "no font has them: boxes stand in their place until “{font}” is installed")
    letters = here if draws_korean() else boxes.format(font="Noto Sans CJK KR")
    emoji = here if draws_emoji() else boxes.format(font="Noto Color Emoji")
    return (
        Fact(_tr("facts", "Icon beside the clock"), words[report.tray]),
        Fact(_tr("facts", "Notifications"), words[report.notifications], report.notifications is False),
        Fact(_tr("facts", "Keyring"), keyring[report.keyring], report.keyring is False),
        Fact(_tr("facts", "Korean letters"), letters, letters is not here),
        Fact(_tr("facts", "Emoji in colour"), emoji, emoji is not here),
    )
