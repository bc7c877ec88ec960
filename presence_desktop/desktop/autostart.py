"""Whether the app starts with the computer: an XDG autostart file, a value in Windows' Run key, a macOS LaunchAgent.

Decides where that is written, for this user alone; the system itself is asked each time what holds, nothing is kept
elsewhere. A start of this kind shows no window where there is a tray (`--background`).
"""

import logging
import os
import sys
from pathlib import Path

from presence_desktop.desktop.own_program import lasting_program

logger = logging.getLogger(__name__)

BACKGROUND = "--background"
_NAME = "presence-desktop"
_LABEL = "org.presence.desktop"
_ENTRY = """[Desktop Entry]
Type=Application
Name=Presence Desktop
Exec={command}
Icon=presence-desktop
Terminal=false
X-GNOME-Autostart-enabled=true
"""
_RESERVED = '"`$\\'


class Autostart:
    """Asked and told in the settings."""

    @property
    def on(self) -> bool | None:
        """Whether the app starts with the computer; None: this system offers no way."""
        if sys.platform == "win32":
            return _run_key_holds()
        path = self.path
        return None if path is None else _holds(path)

    @property
    def path(self) -> Path | None:
        """The file that says so, where it is a file."""
        if sys.platform == "win32":
            return None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
        config = Path(os.environ.get("XDG_CONFIG_HOME", ""))
        return (
            (config if config.is_absolute() else Path.home() / ".config") / "autostart" / f"{_NAME}.desktop"
        )

    def set(self, on: bool) -> bool:
        """Have it so from the next start of the computer on; whether that worked."""
        try:
            if sys.platform == "win32":
                _set_run_key(on)
            elif (path := self.path) is not None:
                _write(path, on)
        except OSError as error:
            logger.warning("autostart could not be changed: %s", error.strerror)
            return False
        return True


def _holds(path: Path) -> bool:
    """Whether the file is there and counts: desktops turn an entry off in place, in one of two ways."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").lower().splitlines()
    except OSError:
        return False
    settings = dict(line.replace(" ", "").split("=", 1) for line in lines if "=" in line)
    return settings.get("hidden") != "true" and settings.get("x-gnome-autostart-enabled") != "false"


def _write(path: Path, on: bool) -> None:
    if not on:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    program, words = lasting_program(BACKGROUND)
    if path.suffix == ".plist":
        import plistlib  # with a whole reader of XML, which macOS alone needs

        about = {"Label": _LABEL, "ProgramArguments": [program, *words], "RunAtLoad": True}
        path.write_bytes(plistlib.dumps(about))
    else:
        path.write_text(_ENTRY.format(command=_desktop_command(program, *words)), encoding="utf-8")


def _desktop_command(*words: str) -> str:
    """A command as the Exec line of a desktop entry writes it: quoted, and that escaped as all strings there are."""
    quoted = []
    for word in words:
        escaped = "".join(f"\\{letter}" if letter in _RESERVED else letter for letter in word)
        quoted.append(f'"{escaped}"'.replace("\\", "\\\\").replace("%", "%%"))
    return " ".join(quoted)


if sys.platform == "win32":
    import subprocess
    import winreg

    _RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def _run_key_holds() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                winreg.QueryValueEx(key, _NAME)
        except OSError:
            return False
        return True

    def _set_run_key(on: bool) -> None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
            if on:
                program, words = lasting_program(BACKGROUND)
                command = subprocess.list2cmdline([program, *words])
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, command)
            elif _run_key_holds():
                winreg.DeleteValue(key, _NAME)
