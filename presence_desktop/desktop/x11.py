"""The X server, asked through its own library: for what Qt does not tell.

Decides how the libraries are found. What is asked the callers know.
"""

import ctypes
import ctypes.util

_SONAMES = {"X11": "libX11.so.6", "Xss": "libXss.so.1"}
"""As Linux has named them for decades; asking for them by name runs no program, which `find_library` does."""


def library(name: str) -> ctypes.CDLL | None:
    """A library of X by its short name (`X11`, `Xss`); None where it is not installed."""
    try:
        return ctypes.CDLL(_SONAMES[name])
    except OSError:
        found = ctypes.util.find_library(name)
    try:
        return ctypes.CDLL(found) if found else None
    except OSError:
        return None


def open_display(x11: ctypes.CDLL) -> int | None:
    """A connection to the display that `DISPLAY` names, as a pointer; None without one."""
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    display: int | None = x11.XOpenDisplay(None)
    return display


def selection_owned(name: str) -> bool:
    """Whether somebody on this display owns the selection of this name, which on X is how programs take an office."""
    x11 = library("X11")
    display = None if x11 is None else open_display(x11)
    if x11 is None or display is None:
        return False
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
    x11.XGetSelectionOwner.argtypes = (ctypes.c_void_p, ctypes.c_ulong)
    x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    owner = x11.XGetSelectionOwner(display, x11.XInternAtom(display, name.encode(), 0))
    x11.XCloseDisplay(display)
    return bool(owner)
