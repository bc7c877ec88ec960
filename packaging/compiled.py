"""Compiles the frozen modules once more, without what only a developer reads: `compiled.py FOLDER`.

PySide's own Python part, which it would unzip and compile at each start, is laid where it looks for it first.
Left out are columns of lines (a traceback still names its lines), and the docstrings of modules and functions where the
app alone loads them, or both programs and nothing asks for them. Those of the server and the protocol stay: OpenAPI
tells them. So do those of classes: `dataclasses` writes one where none is, which costs more. Saves the app 2.5 MB.
Run with `-X no_debug_ranges`, by the Python that froze.
"""

import ast
import importlib.util
import marshal
import sys
import sysconfig
from pathlib import Path
from typing import Any

OF_THE_APP = tuple(
    Path("presence_desktop", room) for room in ("app", "core", "gui", "net", "disk", "desktop")
)
LIBRARIES = (
    "requests", "urllib3", "websocket", "socketio", "engineio", "idna", "certifi", "platformdirs", "jeepney", "msgspec",
    "typing_extensions",
)  # fmt: skip
"""Libraries that the app holds in memory and that do not read docstrings of their own functions."""
_HEAD = 16
"""Bytes before the code in a compiled file."""
_UNCHECKED = importlib.util.MAGIC_NUMBER + b"\x01\0\0\0" + bytes(8)
"""These bytes of one that is never compared with its source (PEP 552)."""


def compile_again(folder: Path) -> tuple[int, int]:
    """Bytes of all compiled files whose source is found, before and after."""
    before = after = 0
    for path in folder.rglob("*.pyc"):
        name = path.relative_to(folder).with_suffix(".py")
        source = next((found for place in sys.path if (found := Path(place, name)).is_file()), None)
        if source is None:
            continue
        old = path.read_bytes()
        filename = marshal.loads(old[_HEAD:]).co_filename  # noqa: S302 - what PyInstaller wrote a moment ago
        tree = ast.parse(source.read_bytes())
        if _silent(name, source):
            _strip(tree)
        new = old[:_HEAD] + marshal.dumps(compile(tree, filename, "exec"))
        path.write_bytes(new)
        before, after = before + len(old), after + len(new)
    return before, after


def lay_out_support(folder: Path) -> None:
    """Put what PySide carries zipped in its library into its folder `files.dir`, compiled.

    The folder is PySide's own way (its variable SBK_EMBED writes it); where it is missing nothing else changes.
    """
    import PySide6.QtCore  # noqa: F401 - it loads that part

    loader: Any = sys.modules["shibokensupport"].__loader__
    archive = loader.zfile
    for name in archive.namelist():
        if name.startswith("shibokensupport/") and name.endswith(".py"):
            path = folder / "shiboken6" / "files.dir" / f"{name}c"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_UNCHECKED + marshal.dumps(compile(archive.read(name), name, "exec")))


def _silent(name: Path, source: Path) -> bool:
    """Whether nobody asks for the docstrings of this module."""
    if any(name.is_relative_to(room) for room in OF_THE_APP) or name.with_suffix("").parts[0] in LIBRARIES:
        return True
    return source == Path(sysconfig.get_path("stdlib"), name)


def _strip(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(
            node, clean=False
        ):
            node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), node.body[0])]


if __name__ == "__main__":
    lay_out_support(Path(sys.argv[1]))
    sizes = compile_again(Path(sys.argv[1]))
    print("Compiled modules: {:.1f} -> {:.1f} MB".format(*(size / 1e6 for size in sizes)))
