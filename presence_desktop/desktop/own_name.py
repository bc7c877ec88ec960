"""What the person at this computer is called, as the operating system knows them: a suggestion, to be typed over.

Decides which of the names is the better one; empty where none is known.
"""

import getpass
import os
import sys


def own_name() -> str:
    """The full name, else the account's; nobody is called as the administrator is."""
    return "" if _is_administrator() else _full_name() or _account()


def _is_administrator() -> bool:
    return sys.platform != "win32" and os.getuid() == 0


def _full_name() -> str:
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return ""
    name = entry.pw_gecos.partition(",")[0].strip()
    return name if name.isprintable() else ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
