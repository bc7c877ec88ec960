"""What is left out of the packages although PyInstaller finds it, and what is put in although it does not.

Decides by name only; `presence.spec` asks it for each file. Left out is what the app never loads (Qt's other platforms
and languages, GTK's theme, pictures nobody sends), and what every desktop has in the one version that fits its own
parts (the X and GL libraries, fonts, glib, D-Bus): those are dependencies of the packages (linux/nfpm.yaml).
"""

import re
from pathlib import PurePosixPath

HIDDEN_IMPORTS = (
    "aiosqlite",  # named in the database's address
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "asyncmy",
    "sqlalchemy.dialects.mysql.asyncmy",
    "redis.asyncio",
    "engineio.async_drivers.asgi",  # named by a mode
    "logging.config",  # of the migrations, which are read as files
    "alembic.op",
    "alembic.context",
)
"""Imported by a name in a string, so that nobody can see it."""

WITH_ALL_BELOW = ("presence_desktop", "uvicorn", "zeroconf", "keyring.backends")
"""Packages whose parts load each other by name."""

EXCLUDED_MODULES = (
    "aiohttp",  # the dearest import of python-socketio, and not needed
    "tkinter",
    "unittest",
    "pydoc",
    "doctest",
    "pdb",
    "lib2to3",
    "distutils",
    "setuptools",
    "pkg_resources",
    "pip",
    "wheel",
    "curses",
    "readline",
    "idlelib",
    "turtle",
    "xmlrpc",
    "IPython",
    "numpy",
    "pytest",
    "yaml",
    "rich",
    "kafka",
    "kombu",
    "aio_pika",
    "zmq",
    "valkey",
    "gevent",
    "eventlet",
    "PIL.ImageTk",
    "PIL.ImageQt",
    "PIL._avif",
    "PIL._imagingtk",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtTest",
    "MySQLdb",
    "pymysql",
    "psycopg2",
    "watchfiles",
    "gi",
)
"""Optional to the libraries that ask for them, and never used here."""

_PLUGINS = {
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "iconengines": {"qsvgicon"},
    "networkinformation": {
        "qnetworkmanager",
        "qglib",
        "qconnman",
        "qnetworklistmanager",
        "qscnetworkreachability",
    },
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "tls": set[str](),
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set[str](),
}
"""Qt's plugins that are kept, by folder; other folders go whole. Windows are painted without OpenGL."""

_LANGUAGES = ("ko", "en")
_QT_LIBRARIES = {
    "Core", "Gui", "Widgets", "Network", "Svg", "DBus", "XcbQpa", "WaylandClient",
}  # fmt: skip
_OF_THE_SYSTEM = re.compile(
    r"lib(c|m|dl|rt|pthread|util|resolv|stdc\+\+|gcc_s|GL|GLX|GLdispatch|OpenGL|EGL|gbm|drm|wayland-[a-z]+|X11|X11-xcb"
    r"|xcb|Xau|Xdmcp|Xext|Xss|fontconfig|freetype|harfbuzz|glib-2\.0|gobject-2\.0|gio-2\.0|gmodule-2\.0|gthread-2\.0"
    r"|dbus-1|systemd|udev|selinux|mount|blkid|pcre2?(-8)?|cap|gcrypt|gpg-error|lz4|zstd|expat|png16|brotli[a-z]+"
    r"|gssapi_krb5|krb5|k5crypto|com_err|krb5support|keyutils|bsd|md|graphite2|gtk-3|gdk-3|cairo|cairo-gobject|pango"
    r"-1\.0|pangocairo-1\.0|pangoft2-1\.0|gdk_pixbuf-2\.0|atk-1\.0|atk-bridge-2\.0|atspi|epoxy|fribidi|thai|datrie"
    r"|Xi|Xrandr|Xcursor|Xcomposite|Xdamage|Xfixes|Xrender|Xinerama|pixman-1|cloudproviders|tinysparql-3\.0"
    r"|tracker-sparql-3\.0|json-glib-1\.0|xml2|icuuc|icudata|icui18n|stemmer|jpeg|tiff|jbig|deflate|webp|Lerc"
    r"|readline|tinfo|ncursesw?)\.so(\.[0-9.]+)?"
)
"""Where a library of this name lies at the top of the folder it was copied from the building system; Qt's and
Pillow's own copies lie in folders of theirs."""


def kept(name: str) -> bool:
    """Whether the file that would be put under this name (below the program's folder) is packed."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "plugins" in path.parts and "PySide6" in path.parts:
        return _plugin_kept(path)
    if "translations" in path.parts and "PySide6" in path.parts:
        return path.stem in {f"qtbase_{language}" for language in _LANGUAGES}
    if "PySide6" in path.parts or path.name.startswith(("libQt6", "Qt6")):
        return _qt_kept(path)
    if len(path.parts) == 1 and _OF_THE_SYSTEM.fullmatch(path.name):
        return False
    return "tests" not in path.parts and path.suffix not in {".pyi", ".pxd", ".pyx", ".c", ".h", ".ts"}


def _plugin_kept(path: PurePosixPath) -> bool:
    folder = path.parts[path.parts.index("plugins") + 1]
    return path.stem.removeprefix("lib") in _PLUGINS.get(folder, set())


def _qt_kept(path: PurePosixPath) -> bool:
    if "qml" in path.parts:
        return False
    library = re.match(r"(?:lib)?Qt6([A-Za-z]+)(?:\.so|\.dll|\.framework|\.dylib|$)", path.name)
    return library is None or library.group(1) in _QT_LIBRARIES
