"""How long nobody touched keyboard or mouse, as the X server's screen saver extension counts it."""

import ctypes
from collections.abc import Callable

from presence_desktop.desktop.x11 import library, open_display


class _Info(ctypes.Structure):
    """XScreenSaverInfo of libXss."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


def open_x11() -> Callable[[], int | None] | None:
    """What tells the idle milliseconds; None without libXss, without a display, or where the extension is missing."""
    x11, xss = library("X11"), library("Xss")
    if x11 is None or xss is None:
        return None
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XDefaultRootWindow.argtypes = (ctypes.c_void_p,)
    number = ctypes.POINTER(ctypes.c_int)
    xss.XScreenSaverQueryExtension.argtypes = (ctypes.c_void_p, number, number)
    xss.XScreenSaverQueryInfo.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_Info))
    display = open_display(x11)
    if not display:
        return None
    event, error = ctypes.c_int(), ctypes.c_int()
    if not xss.XScreenSaverQueryExtension(display, ctypes.byref(event), ctypes.byref(error)):
        return None
    root, info = x11.XDefaultRootWindow(display), _Info()

    def idle() -> int | None:
        return int(info.idle) if xss.XScreenSaverQueryInfo(display, root, ctypes.byref(info)) else None

    return idle
