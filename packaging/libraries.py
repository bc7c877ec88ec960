"""What the frozen programs need of the system they are installed on: read from the files themselves.

Decides how the shared libraries that are not packed are called in Debian's packages and in RPM, and which glibc is the
oldest that will do. A library that is needed and has no name here stops the build, so that no package lacks one.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

DEBIAN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgobject-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgio-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libzstd.so.1": "libzstd1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libXss.so.1": "libxss1",
}
OF_GLIBC = re.compile(r"(lib(c|m|dl|rt|pthread|util|resolv)|ld-linux-[a-z0-9-]+)\.so\.\d+")
ALSO_LOADED = ("libXss.so.1",)
"""Looked for while running: how long nobody touched mouse or keyboard (desktop/idle_x11.py)."""
RECOMMENDED = (
    "fonts-noto-cjk | fonts-nanum | fonts-unfonts-core | fonts-baekmuk",
    "fonts-noto-color-emoji | fonts-emojione",
    "gnome-keyring | kwalletmanager | keepassxc",
    "xdg-utils",
)
"""Without them there are boxes in place of Korean and emoji, and the password is asked for at each start."""
RECOMMENDED_RPM = (
    "google-noto-sans-cjk-fonts",
    "google-noto-color-emoji-fonts",
    "gnome-keyring",
    "xdg-utils",
)


class UnknownLibrary(Exception):
    """Needed, not packed, and without a name here."""


def depends_deb(folder: Path) -> list[str]:
    """The dependencies of the .deb of this folder."""
    names = {DEBIAN[library] for library in needed(folder)}
    return [f"libc6 (>= {glibc(folder)})", *sorted(names)]


def depends_rpm(folder: Path) -> list[str]:
    """The dependencies of the .rpm: each library by itself, which every distribution tells alike."""
    return [
        f"libc.so.6(GLIBC_{glibc(folder)})(64bit)",
        *(f"{library}()(64bit)" for library in needed(folder)),
    ]


def needed(folder: Path) -> list[str]:
    """The libraries that the files of this folder need, and that are not among them. Raises UnknownLibrary."""
    files = list(_elf(folder))
    packed = {path.name for path in folder.rglob("*.so*")}
    wanted = {library for path in files for library in _linked(path)} - packed
    wanted = {library for library in wanted if not OF_GLIBC.fullmatch(library)} | set(ALSO_LOADED)
    if unknown := wanted - DEBIAN.keys():
        users = [
            f"{path.name}: {unknown & set(_linked(path))}" for path in files if unknown & set(_linked(path))
        ]
        raise UnknownLibrary(f"packaging/libraries.py does not know {sorted(unknown)} ({'; '.join(users)})")
    return sorted(wanted)


def glibc(folder: Path) -> str:
    """The oldest glibc these files run with, `2.36`."""
    minors = (
        int(minor) for path in _elf(folder) for minor in re.findall(rb"GLIBC_2\.(\d+)", path.read_bytes())
    )
    return f"2.{max(minors)}"


def _elf(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size > 4:
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _linked(path: Path) -> list[str]:
    said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)$", said, re.MULTILINE)
