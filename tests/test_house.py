"""The house's own rules, as far as no linter holds them: names, sizes, packaging, who loads what."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import presence_desktop

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "presence_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LINES_AT_MOST = 400
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "base", "misc"}
ASSETS = ("resources", "server/stores/sql/migrations", "server/transport/web/docs_assets")
LOCAL_PATH = re.compile(r"""(?:^|[\s"'=(])/(?:work|root|farm)/[a-z.-]|/home/[a-z]+/""")


def tracked_files() -> list[Path]:
    """What git holds, text and pictures alike."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def sources() -> list[Path]:
    """Our Python files, tests and tools included."""
    return MODULES + sorted((ROOT / "tests").rglob("*.py")) + sorted((ROOT / "tools").rglob("*.py"))


def tell(paths: Iterator[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def requirement_name(line: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", line)
    assert match
    return match.group().lower().replace("_", "-")


def test_the_version_stands_in_one_place() -> None:
    assert importlib.metadata.version("presence-desktop") == presence_desktop.__version__
    again = [
        path for path in sources() if f'"{presence_desktop.__version__}"' in path.read_text(encoding="utf-8")
    ]
    assert tell(iter(again)) == ["presence_desktop/__init__.py"]


def test_every_module_says_what_it_is() -> None:
    assert tell(path for path in MODULES if not ast.get_docstring(ast.parse(path.read_bytes()))) == []


def test_no_file_has_two_subjects() -> None:
    long = (path for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > LINES_AT_MOST)
    assert tell(long) == []


def test_every_file_name_means_something() -> None:
    assert tell(path for path in sources() if path.stem in EMPTY_NAMES) == []


def test_every_folder_with_code_is_a_package_that_the_import_contracts_see() -> None:
    folders = {path.parent for path in MODULES}
    assert tell(folder for folder in sorted(folders) if not (folder / "__init__.py").exists()) == []


def test_nothing_unfinished_is_marked_in_the_code() -> None:
    mark = re.compile(r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError|except Exception:\s*pass")
    unfinished = (path for path in MODULES if mark.search(path.read_text(encoding="utf-8")))
    assert tell(unfinished) == []


def test_no_path_of_somebodys_machine_and_no_package_mirror_is_in_the_tree() -> None:
    named = []
    for path in tracked_files():
        if path == Path(__file__).resolve():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        if LOCAL_PATH.search(text) or re.search(
            r'(?:resolved|index-url|extra-index)"?\s*[:=]\s*"?https?://', text
        ):
            named.append(str(path.relative_to(ROOT)))
    assert named == []


def test_the_wheel_holds_the_whole_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    tracked = {str(path.relative_to(ROOT)) for path in tracked_files() if path.is_relative_to(PACKAGE)}
    assert tracked - packed == set()
    assert "presence_desktop/py.typed" in packed
    for folder in ASSETS:
        assert any(name.startswith(f"presence_desktop/{folder}/") for name in packed), folder


def test_the_server_alone_needs_what_its_requirements_file_says() -> None:
    listed = (ROOT / "requirements-server.txt").read_text(encoding="utf-8").splitlines()
    requirements = [line for line in listed if line and not line.startswith("#")]
    dependencies = PYPROJECT["project"]["dependencies"]
    assert [line for line in requirements if line not in dependencies] == []

    optional = [
        line for extra in ("mysql", "redis") for line in PYPROJECT["project"]["optional-dependencies"][extra]
    ]
    names = {requirement_name(line) for line in requirements + optional}
    names |= {"starlette"}  # FastAPI's own ground
    assert third_parties(PACKAGE / "server") | third_parties(PACKAGE / "protocol") <= names


def third_parties(folder: Path) -> set[str]:
    """The distributions that the modules of a folder import."""
    imported: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    distributions = importlib.metadata.packages_distributions()
    outside = imported - set(sys.stdlib_module_names) - {"presence_desktop"}
    return {distributions[name][0].lower().replace("_", "-") for name in outside}


def modules_loaded_by(statement: str) -> set[str]:
    """Top-level names in `sys.modules` after a statement in a fresh interpreter."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize("module", ["presence_desktop.server.cli", "presence_desktop.server.main"])
def test_the_server_loads_neither_qt_nor_the_desktops_libraries(module: str) -> None:
    loaded = modules_loaded_by(f"import presence_desktop.__main__, {module}")
    assert loaded & {"PySide6", "shiboken6", "keyring", "jeepney", "aiohttp"} == set()


def test_the_desktop_does_not_load_the_servers_libraries() -> None:
    loaded = modules_loaded_by("import presence_desktop.__main__, presence_desktop.app")
    assert loaded & {"fastapi", "starlette", "uvicorn", "sqlalchemy", "alembic", "aiohttp"} == set()


def test_qt_loses_no_references_to_none() -> None:
    from PySide6.QtCore import QObject

    thing, before = QObject(), sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 500
