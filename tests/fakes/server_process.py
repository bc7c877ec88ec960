"""A real server in its own process: `python -m presence_desktop server serve` on a free loopback port.

Its address is read from its log; it is started, killed, stopped and started again on the same port, and makes its own
accounts and tokens. Ended by its own process id.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from presence_desktop.protocol.rest import Register
from tests.fakes import new_account, new_database
from tests.waiting import eventually

PASSWORD = "correct horse"
LISTENING = re.compile(r"server\.listening(?: url=|\"[^\n]*\"url\": ?\")([^\s\"]+)")
COMMAND = (sys.executable, "-m", "presence_desktop", "server")
START_SECONDS = 30.0
STOP_SECONDS = 10.0

# one test signs the same people in more often in a minute than people do
GENEROUS = {
    "PRESENCE_SIGN_IN_TRIES_PER_ACCOUNT": "10000",
    "PRESENCE_SIGN_IN_TRIES_PER_ADDRESS": "10000",
    "PRESENCE_STATUS_CHANGES": "10000",
    "PRESENCE_MESSAGES": "1000000",
}


@dataclass(frozen=True)
class Person:
    """An account that a test made, signed in."""

    user_id: int
    email: str
    username: str
    token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of this person's REST calls."""
        return {"Authorization": f"Bearer {self.token}"}


class ServerProcess:
    """A server on `data_dir`; keyword settings become `PRESENCE_*` variables (`grace_seconds=0.2`)."""

    def __init__(self, data_dir: Path, *, host: str = "127.0.0.1", **settings: object) -> None:
        self.data_dir = data_dir
        self.host = host
        self.settings = {f"PRESENCE_{name.upper()}": str(value) for name, value in settings.items()}
        self.log_file = data_dir.with_name(f"{data_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""
        self.port = 0

    # --- the process ----------------------------------------------------------------------------------

    def start(self) -> "ServerProcess":
        """Start it, on the port it had before if it had one, and return when it serves."""
        self._begin()
        self.url = eventually(self._address, within=START_SECONDS, what=f"the server serves: {self.log_file}")
        self.port = int(self.url.rpartition(":")[2])
        return self

    def stop(self) -> int:
        """SIGTERM; returns the exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """`kill -9`."""
        return self._end(signal.SIGKILL)

    def restart(self) -> "ServerProcess":
        """Stop it and start it on the same port."""
        self.stop()
        return self.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process is not None
        return self.process.pid

    @property
    def certificate(self) -> Path:
        """The certificate that it made for itself."""
        return self.data_dir / "tls" / "certificate.pem"

    @property
    def log(self) -> str:
        """Everything that it has written, standard error included."""
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""

    def command(
        self, *words: str, stdin: str = "", within: float = START_SECONDS
    ) -> subprocess.CompletedProcess[str]:
        """Run another command of the server's on the same data folder (`user add ...`) to its end."""
        return subprocess.run(
            (*COMMAND, *words, "--data-dir", str(self.data_dir)),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=within,
            env=self._environment(),
            check=False,
        )

    def _begin(self) -> None:
        assert self.process is None, "it runs already"
        self._logged = len(self.log)
        serve = ("serve", "--data-dir", str(self.data_dir), "--host", self.host, "--port", str(self.port))
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                (*COMMAND, *serve), stdout=log, stderr=log, env=self._environment()
            )

    def _address(self) -> str:
        assert self.process is not None
        found = LISTENING.search(self.log, self._logged)
        assert found or self.process.poll() is None, self.log
        return found[1] if found else ""

    def _end(self, number: int) -> int:
        assert self.process is not None, "it does not run"
        self.process.send_signal(number)
        status = self.process.wait(STOP_SECONDS)
        self.process = None
        return status

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **GENEROUS, **self.settings}

    # --- people ---------------------------------------------------------------------------------------

    def add(self, username: str, *, email: str = "", password: str = PASSWORD) -> Person:
        """Make an account as the command line does, and sign it in; the first one is the owner."""
        email = email or f"{username.lower()}@example.org"
        new_account.make(
            self.data_dir, self._environment(), Register(email=email, username=username, password=password)
        )
        return self.sign_in(email, password)

    def sign_in(self, email: str, password: str = PASSWORD) -> Person:
        """Sign in over HTTP."""
        answer = self.post("/api/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        user = body["user"]
        return Person(user["userId"], user["email"], user["username"], body["token"], body["refreshToken"])

    def people(self, count: int) -> list[Person]:
        """The owner and as many others as make `count`, made over HTTP (quicker than `add`)."""
        owner = self.add("Owner", email="owner@example.org")
        invited = [self._register(owner, number) for number in range(2, count + 1)]
        return [owner, *invited]

    def _register(self, owner: Person, number: int) -> Person:
        invite = self.post("/api/invites", owner).json()["invite"]
        body = {"username": f"user{number}", "email": f"user{number}@example.org", "password": PASSWORD}
        answer = self.post("/api/auth/register", json={**body, "invite": invite})
        assert answer.status_code == 201, answer.text
        got = answer.json()
        return Person(
            got["user"]["userId"], body["email"], body["username"], got["token"], got["refreshToken"]
        )

    # --- REST -----------------------------------------------------------------------------------------

    def get(self, path: str, who: Person | None = None, **more: object) -> requests.Response:
        """GET, as this person."""
        return self.request("GET", path, who, **more)

    def post(self, path: str, who: Person | None = None, **more: object) -> requests.Response:
        """POST, as this person."""
        return self.request("POST", path, who, **more)

    def request(self, method: str, path: str, who: Person | None = None, **more: object) -> requests.Response:
        """Any call, on a connection of its own."""
        headers = {**(who.headers if who else {}), **more.pop("headers", {})}  # type: ignore[dict-item]
        if self.url.startswith("https:"):
            more.setdefault("verify", str(self.certificate))
        return requests.request(method, self.url + path, headers=headers, timeout=10, **more)  # type: ignore[arg-type]


@contextmanager
def running_server(folder: Path, **settings: object) -> Iterator[ServerProcess]:
    """A server on a new data folder in `folder`, stopped at the end if it still runs."""
    server = ServerProcess(folder / "server", **settings)
    if "database_url" not in settings:
        new_database.lay(server.data_dir / "presence.db")
    try:
        yield server.start()
    finally:
        if server.process is not None:
            server.stop()
