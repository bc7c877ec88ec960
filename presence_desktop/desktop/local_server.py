"""*Host on this computer*: the bundled server as a child process.

Decides the port (the first free one from 3001 up, chosen once and kept), the order of the steps (the owner's account,
then serving), what a failure is called, and that a server which ended by itself is started again (`core.restarts` says
when). Shows nothing; `HostReport` tells how things stand.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from presence_desktop.core.hosting import HostReport, HostRequest, HostState, HostTrouble, Owner
from presence_desktop.core.ports import Clock
from presence_desktop.core.restarts import Restarts
from presence_desktop.core.server_name import server_name
from presence_desktop.desktop.child import Child
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.desktop.ports import first_free_port, is_free, lan_addresses
from presence_desktop.desktop.server_log import ServerLog, read

logger = logging.getLogger(__name__)

FIRST_PORT = 3001
LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the person ticked the box

_READY, _NAMED = "server.listening", "server.named"
_ACCOUNT_THERE = "email_taken"
_REFUSAL = "presence-server: "
"""How the last line of a command that was refused begins; a code and a sentence follow."""
_TROUBLES = {
    3: HostTrouble.FOLDER,
    4: HostTrouble.IN_USE,
    5: HostTrouble.NEWER_DATA,
    7: HostTrouble.PORT_BUSY,
}
"""The exit statuses of `presence-server` that have words of their own."""


class LocalServer(QObject):
    """The server on this computer. Every call returns at once."""

    reported = Signal(object)
    """A `HostReport`, at every change."""
    port_chosen = Signal(int)
    """The port to keep from now on."""
    logged = Signal()
    """`log` has one more line."""

    def __init__(
        self,
        data_dir: Path,
        port: int | None,
        parent: QObject | None = None,
        variables: dict[str, str] | None = None,
        restarts: Restarts | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`port` None: not chosen yet; 0: any free one, not kept. `restarts` None: it is never started again."""
        super().__init__(parent)
        self._data_dir, self._port, self._variables = data_dir, port, variables
        self._restarts, self._clock = restarts, clock or SystemClock()
        self._request = HostRequest(owner=None, reachable=False)
        self._child: Child | None = None
        """The one that serves."""
        self._making: Child | None = None
        """The one that makes the owner's account."""
        self._stopping = False
        self._again = False
        """Whether it is started once more when it has stopped."""
        self._served = False
        """Whether it has listened since a person started it."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._restart)
        self.log = ServerLog()
        self.report = HostReport(HostState.STOPPED, url=self._url)

    @property
    def _url(self) -> str:
        """Where it is found while it serves; empty as long as nobody knows."""
        return f"http://{LOOPBACK}:{self._port}" if self._port else ""

    @property
    def pid(self) -> int:
        """The process id of the serving child; 0 when there is none."""
        return self._child.pid if self._child is not None else 0

    def start(self, request: HostRequest) -> None:
        """Make the owner's account, if one is asked for, and serve; while serving, only make the account."""
        if self._making is not None:
            return
        if self._child is not None:
            self._while_serving(request.owner)
            return
        self._request, self._served = request, False
        if self._restarts is not None:
            self._restarts.forget()
        self._begin()

    def reach(self, reachable: bool) -> None:
        """Let the network in, or keep it out again; a server that runs is started anew for it."""
        self._request = HostRequest(owner=None, reachable=reachable)
        if self._child is not None:
            self._stopping = self._again = True
            self._tell(HostReport(HostState.STARTING))
            self._child.stop()

    def look_at_network(self) -> None:
        """The network is another one: a report follows where other addresses are to be handed out now."""
        if self.report.state is HostState.RUNNING and (now := _with_addresses(self.report)) != self.report:
            self._tell(now)

    def stop(self) -> None:
        """Stop serving; the report follows."""
        self._stopping, self._again = True, False
        if self._wait.isActive():
            self._wait.stop()
            self._tell(HostReport(HostState.STOPPED))
        for child in (self._making, self._child):
            if child is not None:
                child.stop()

    def stop_and_wait(self) -> None:
        """Stop serving before this returns; at the end of the app."""
        self._stopping, self._again = True, False
        self._wait.stop()
        for child in self.findChildren(Child):
            child.stop_and_wait()

    # --- steps ---

    def _begin(self) -> None:
        self._wait.stop()
        self._stopping = False
        if (trouble := self._choose_port()) is not None:
            self._tell(HostReport(HostState.FAILED, trouble=trouble, detail=self._port_words(trouble)))
            return
        self._tell(HostReport(HostState.STARTING))
        if self._request.owner is None:
            self._serve()
        else:
            self._make_owner(self._request.owner)

    def _choose_port(self) -> HostTrouble | None:
        host = EVERYWHERE if self._request.reachable else LOOPBACK
        if self._port is None:
            self._port = first_free_port(host, FIRST_PORT)
            if self._port is None:
                return HostTrouble.NO_PORT
            self.port_chosen.emit(self._port)
        elif self._port and not is_free(host, self._port):
            return HostTrouble.PORT_BUSY
        return None

    def _port_words(self, trouble: HostTrouble) -> str:
        return str(self._port) if trouble is HostTrouble.PORT_BUSY else ""

    def _make_owner(self, owner: Owner) -> None:
        words = ("server", "user", "add", owner.email, "--username", owner.username, "--password-stdin")
        child = Child(self, *words, "--data-dir", str(self._data_dir), variables=self._variables)
        child.ended.connect(self._owner_ended)
        self._making = child
        child.start(owner.password)

    def _while_serving(self, owner: Owner | None) -> None:
        if owner is None:
            self._tell(self.report)
        else:
            self._make_owner(owner)

    def _owner_ended(self, child: Child, status: int) -> None:
        child.deleteLater()
        self._making = None
        there = any(_ACCOUNT_THERE in line for line in child.last_lines)  # hosted here before: sign in to it
        if self._stopping:
            self._tell(HostReport(HostState.STOPPED))
        elif self._child is not None:
            self._tell(self.report)
        elif status == 0 or there:
            self._request = replace(
                self._request, owner=None
            )  # made once, and its password is held no longer
            self._serve()
        else:
            self._fail(child, _TROUBLES.get(status, HostTrouble.ACCOUNT))

    def _serve(self) -> None:
        host = EVERYWHERE if self._request.reachable else LOOPBACK
        words = (
            "server",
            "serve",
            "--data-dir",
            str(self._data_dir),
            "--host",
            host,
            "--port",
            str(self._port),
        )
        more = ("--log-format", "json", "--exit-with-parent")
        child = Child(self, *words, *more, variables=self._variables)
        child.said.connect(self._listen)
        child.ended.connect(self._serving_ended)
        self._child = child
        child.start()

    def _listen(self, line: str) -> None:
        event = self.log.take(line)
        if event.get("message") == _READY:
            self._listening(event)
        elif event.get("message") == _NAMED:
            self._tell(replace(self.report, name=_name(event)))
        self.logged.emit()

    def _listening(self, event: Mapping[str, object]) -> None:
        said, key = str(event.get("url", "")), str(event.get("fingerprint") or "")
        port = said.rpartition(":")[2].strip("/") or str(self._port)
        self._served = True
        report = HostReport(
            HostState.RUNNING,
            url=f"http://{LOOPBACK}:{port}",
            reachable=self._request.reachable,
            key=key,
            name=_name(event),
        )
        self._tell(_with_addresses(report))

    def _serving_ended(self, child: Child, status: int) -> None:
        child.deleteLater()
        self._child = None
        if self._again:
            self._again = False
            self._begin()
        elif self._stopping:
            self._tell(HostReport(HostState.STOPPED))
        else:
            self._fail(child, _TROUBLES.get(status) or _how(child, status))

    def _restart(self) -> None:
        logger.info("the server is started again")
        self._begin()

    def _fail(self, child: Child, trouble: HostTrouble) -> None:
        logger.warning("the server: %s; it said last:\n%s", trouble.name, "\n".join(child.last_lines))
        detail = str(self._port) if trouble is HostTrouble.PORT_BUSY else _why(child)
        report = HostReport(HostState.FAILED, trouble=trouble, detail=detail)
        by_itself = trouble in (HostTrouble.ENDED, HostTrouble.KILLED)
        if by_itself and self._served and self._restarts is not None:
            wait = self._restarts.ended(self._clock.monotonic())
            if wait is None:
                report = replace(report, trouble=HostTrouble.GAVE_UP)
            else:
                report = replace(report, state=HostState.RESTARTING, wait_ms=wait)
                self._wait.start(wait)
        self._tell(report)

    def _tell(self, report: HostReport) -> None:
        self.report = report = report if report.url else replace(report, url=self._url)
        self.reported.emit(report)


def _with_addresses(report: HostReport) -> HostReport:
    """The same, with the addresses that this computer has now."""
    scheme, port = ("https" if report.key else "http"), report.url.rpartition(":")[2]
    hosts = lan_addresses() if report.reachable else ()
    first, *further = [f"{scheme}://{host}:{port}" for host in hosts] or [report.url]
    return replace(report, address=first, further=tuple(further))


def _name(event: Mapping[str, object]) -> str:
    return server_name(str(event.get("name") or ""))


def _how(child: Child, status: int) -> HostTrouble:
    return HostTrouble.KILLED if status == -1 and child.last_lines else HostTrouble.ENDED


def _why(child: Child) -> str:
    """The sentence with which the child refused, or what an exception said at its end; its log is for no one's eyes."""
    for line in reversed(child.last_lines):
        if line.startswith(_REFUSAL):
            return line.removeprefix(_REFUSAL).partition(": ")[2]
    last = child.last_lines[-1] if child.last_lines else ""
    return "" if read(last) else last
