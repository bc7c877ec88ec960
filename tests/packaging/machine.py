"""A clean machine: a bare Debian of its own (debootstrap, kept in .cache) under an overlay, and a network of its own.

Root only. The machine has Debian's smallest system and the libraries and fonts that any desktop has, no Python and
nothing of ours. The screen, the session bus and the keyring are this computer's and reach into it by sockets.
Everything is unmounted and taken away at the end, what was started is ended by its id.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.e2e.seat import Seat

SUITE = "bookworm"
BASE = Path(".cache", "bare-machine", SUITE)
OF_ANY_DESKTOP = (
    "ca-certificates", "dbus", "fonts-noto-cjk", "fonts-noto-color-emoji", "gnome-keyring", "libegl1", "libgl1",
    "libgl1-mesa-dri", "libglib2.0-0", "libxss1", "libwayland-cursor0", "shared-mime-info", "desktop-file-utils",
    "xdg-utils",
)  # fmt: skip
PREFIX = "pd-"
"""What the names of our network namespaces begin with."""
X_SOCKETS = Path("/tmp/.X11-unix")
FROM_HERE = ("resolv.conf", "hosts")
"""Of /etc: the way to Debian's mirror."""
_NO_SERVICES = "#!/bin/sh\nexit 101\n"
_QUIET_APT = 'APT::Install-Suggests "false";\nDPkg::Use-Pty "0";\nAcquire::Languages "none";\n'


def bare_system() -> Path:
    """Debian's smallest system; made once. Without Python, as a test may count on."""
    base = BASE.resolve()
    if not (base / "made").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, str(base)], capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"debootstrap failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        (base / "usr/sbin/policy-rc.d").write_text(_NO_SERVICES)
        (base / "usr/sbin/policy-rc.d").chmod(0o755)
        (base / "etc/apt/apt.conf.d/99quiet").write_text(_QUIET_APT)
        for said in sorted(Path("/etc/apt/apt.conf.d").glob("*proxy*")):
            shutil.copy(said, base / "etc/apt/apt.conf.d")
        for name in FROM_HERE:
            shutil.copy(Path("/etc", name), base / "etc" / name)
        _chroot(base, "apt-get", "update", "-qq")
        _chroot(base, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *OF_ANY_DESKTOP)
        (base / "made").touch()
    if any((base / place / "python3").exists() for place in ("usr/bin", "usr/local/bin")):
        raise SystemExit(f"There is a Python in {base}: it is not bare.")
    return base


class Machine:
    """One of them, for one person."""

    def __init__(self, name: str, place: Path, address: str) -> None:
        self.name, self.root, self.folder = name, place / f"{name}-root", place / name
        self.namespace, self.address = f"{PREFIX}{name}", address
        self.folder.mkdir(parents=True)
        self.seat = SeatAt(self.folder, self)

    def inside(self, *words: str) -> tuple[str, ...]:
        """The command that runs these words in the machine, with its network."""
        return ("ip", "netns", "exec", self.namespace, "chroot", str(self.root), *words)

    def install(self, package: Path) -> None:
        """As somebody does who has the file."""
        target = self.root / "root" / package.name
        shutil.copyfile(package, target)
        self.run("apt-get", "install", "-y", "-qq", f"/root/{package.name}", seconds=300)

    def run(self, *words: str, seconds: float = 60) -> str:
        """Run something in the machine to its end, without its network; what it says."""
        return _chroot(self.root, *words, seconds=seconds)

    def has(self, program: str) -> bool:
        """Whether there is such a program."""
        done = subprocess.run(
            ["chroot", str(self.root), "sh", "-c", f"command -v {program}"], capture_output=True
        )
        return done.returncode == 0


class SeatAt(Seat):
    """The seat of a machine. Its programs are this computer's; the app it starts is the machine's."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        super().__init__(folder)
        self.machine = machine
        self.variables |= {"HOME": str(folder / "home"), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        for name in [
            name for name in self.variables if name.startswith(("PYTHON", "VIRTUAL_ENV", "COVERAGE"))
        ]:
            del self.variables[name]

    def app(self) -> tuple[str, ...]:
        """How the app is started there: by the name that is on everybody's PATH."""
        return self.machine.inside("presence-desktop")


@contextmanager
def two_machines(place: Path) -> Iterator[tuple[Machine, Machine]]:
    """Ada's and Bora's, joined by a cable."""
    base = bare_system()
    with ExitStack() as stack:
        ada, bora = Machine("ada", place, "10.91.0.1"), Machine("bora", place, "10.91.0.2")
        for machine in (ada, bora):
            stack.enter_context(_namespace(machine.namespace))
        _cable(ada, bora)
        for machine in (ada, bora):
            stack.enter_context(_mounted(machine, base))
            stack.callback(machine.seat.stand_up)
            machine.seat.sit_down()
        yield ada, bora


@contextmanager
def _namespace(name: str) -> Iterator[None]:
    _host("ip", "netns", "add", name)
    try:
        yield
    finally:
        for pid in _host("ip", "netns", "pids", name).split():
            os.kill(int(pid), signal.SIGKILL)  # whatever was left behind in a namespace of ours
        _host("ip", "netns", "del", name)


def _cable(one: Machine, other: Machine) -> None:
    """Join them: a network of two computers, in which mDNS finds its way."""
    ends = ((one, "pd0"), (other, "pd1"))
    _host(
        "ip",
        "link",
        "add",
        "pd0",
        "netns",
        one.namespace,
        "type",
        "veth",
        "peer",
        "pd1",
        "netns",
        other.namespace,
    )
    for machine, device in ends:
        within = ("ip", "-n", machine.namespace)
        _host(*within, "link", "set", "lo", "up")
        _host(*within, "addr", "add", f"{machine.address}/24", "dev", device)
        _host(*within, "link", "set", device, "up")
        _host(*within, "route", "add", "default", "dev", device)


@contextmanager
def _mounted(machine: Machine, base: Path) -> Iterator[None]:
    """The machine's files: the bare system beneath, what it writes above; sockets and files of its seat inside."""
    upper, work = (
        machine.folder.parent / f"{machine.name}-upper",
        machine.folder.parent / f"{machine.name}-work",
    )
    for folder in (machine.root, upper, work, machine.folder / "home"):
        folder.mkdir(exist_ok=True)
    mounts: list[Path] = []

    def mount(*words: str, at: Path) -> None:
        at.mkdir(parents=True, exist_ok=True)
        _host("mount", *words, str(at))
        mounts.append(at)

    try:
        layers = f"lowerdir={base},upperdir={upper},workdir={work}"
        mount("-t", "overlay", "overlay", "-o", layers, at=machine.root)
        mount("-t", "proc", "proc", at=machine.root / "proc")
        mount("--bind", str(X_SOCKETS), at=machine.root / X_SOCKETS.relative_to("/"))
        mount("--bind", str(machine.folder), at=machine.root / machine.folder.relative_to("/"))
        yield
    finally:
        for at in reversed(mounts):
            _host("umount", str(at))


def _chroot(root: Path, *words: str, seconds: float = 600) -> str:
    plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    return _host("chroot", str(root), *words, variables=plain | proxies, seconds=seconds)


def _host(*words: str, variables: dict[str, str] | None = None, seconds: float = 60) -> str:
    done = subprocess.run(words, env=variables, capture_output=True, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise AssertionError(f"{' '.join(words)}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout
