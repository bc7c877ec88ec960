"""How long nobody touched keyboard or mouse, and whether the session is locked, as Windows and macOS tell it.

Both are asked through ctypes: a call each, no service between.
"""

import ctypes
import sys
from collections.abc import Callable

Reader = Callable[[], int | None]
"""Tells the idle milliseconds, or None where the system does not."""
LockReader = Callable[[], bool | None]
"""Tells whether the session is locked, or None where the system does not."""

_ANY_INPUT = 0xFFFFFFFF
_COMBINED_SESSION = 0
_SWITCH_DESKTOP = 0x0100


def open_native() -> tuple[Reader, LockReader] | None:
    """Both, or None on other systems."""
    return _macos() if sys.platform == "darwin" else _windows()


def _windows() -> tuple[Reader, LockReader] | None:
    if sys.platform != "win32":
        return None

    class LastInput(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("time", ctypes.c_uint))

    user, kernel = (ctypes.windll[name] for name in ("user32", "kernel32"))
    user.OpenInputDesktop.restype = user.SwitchDesktop.restype = ctypes.c_void_p
    user.CloseDesktop.argtypes = user.SwitchDesktop.argtypes = (ctypes.c_void_p,)
    kernel.GetTickCount.restype = ctypes.c_uint
    last = LastInput(ctypes.sizeof(LastInput))

    def idle() -> int | None:
        if not user.GetLastInputInfo(ctypes.byref(last)):
            return None
        return int((kernel.GetTickCount() - last.time) & 0xFFFFFFFF)

    def locked() -> bool | None:
        """The desktop that takes input is another one (the lock screen's) and may not be opened or switched to."""
        desktop = user.OpenInputDesktop(0, False, _SWITCH_DESKTOP)
        if not desktop:
            return True
        try:
            return not user.SwitchDesktop(desktop)
        finally:
            user.CloseDesktop(desktop)

    return idle, locked


def _macos() -> tuple[Reader, LockReader]:
    services = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
    core = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
    graphics, foundation = ctypes.CDLL(services), ctypes.CDLL(core)
    seconds = graphics.CGEventSourceSecondsSinceLastEventType
    seconds.restype, seconds.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
    graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
    make = foundation.CFStringCreateWithCString
    make.restype, make.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
    look_up = foundation.CFDictionaryGetValue
    look_up.restype, look_up.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_void_p)
    truth = foundation.CFBooleanGetValue
    truth.restype, truth.argtypes = ctypes.c_bool, (ctypes.c_void_p,)
    foundation.CFRelease.argtypes = (ctypes.c_void_p,)
    key = make(None, b"CGSSessionScreenIsLocked", 0x08000100)

    def idle() -> int | None:
        return int(seconds(_COMBINED_SESSION, _ANY_INPUT) * 1000)

    def locked() -> bool | None:
        session = graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return None
        try:
            value = look_up(session, key)
            return bool(value) and truth(value)
        finally:
            foundation.CFRelease(session)

    return idle, locked
