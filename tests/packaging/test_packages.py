"""What packaging/ says fits the product: names, version, what is packed, what a desktop is told."""

import configparser
import importlib.util
import re
import sys
import tarfile
import tomllib
from io import BytesIO
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from presence_desktop import __version__
from presence_desktop.core.join_link import SCHEME

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def module(name: str) -> ModuleType:
    """A file of packaging/, which is no package."""
    sys.path.insert(0, str(PACKAGING))
    try:
        spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
    finally:
        sys.path.remove(str(PACKAGING))
    return loaded


def test_the_version_stands_in_one_place() -> None:
    assert module("build").version() == __version__
    for path in PACKAGING.rglob("*"):
        if path.is_file() and path.suffix != ".pyc" and path.name != "requirements.txt":
            assert __version__ not in path.read_text(encoding="utf-8"), path


def test_the_desktop_entry_takes_invites_and_is_found_in_both_languages() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(PACKAGING / "linux" / "presence-desktop.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert f"x-scheme-handler/{SCHEME}" in entry["MimeType"]
    assert entry["Exec"] == "presence-desktop %u"
    for key in ("Name", "Comment"):
        assert entry[key] != entry[f"{key}[ko]"]


def test_every_system_hands_over_the_links() -> None:
    assert f'WriteRegStr HKCU "${{CLASSES}}\\{SCHEME}"' in (PACKAGING / "windows" / "presence.nsi").read_text(
        "utf-8"
    )
    assert f'"CFBundleURLSchemes": ["{SCHEME}"]' in (PACKAGING / "presence.spec").read_text("utf-8")


def test_what_software_centres_are_told_is_whole_in_both_languages() -> None:
    root = ElementTree.parse(PACKAGING / "linux" / "org.presence.desktop.metainfo.xml").getroot()
    korean = "{http://www.w3.org/XML/1998/namespace}lang"
    for tag in ("name", "summary", "description/p", "description/ul/li"):
        texts = root.findall(tag)
        assert texts, tag
        assert sum(text.get(korean) == "ko" for text in texts) * 2 == len(texts), tag
    assert root.findtext("launchable") == "presence-desktop.desktop"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert root.findtext("project_license") == project["license"]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_ko.qm",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/QtWidgets.abi3.so",
        "libxcb-cursor.so.0",
        "libcrypto.so.3",
        "pillow.libs/libjpeg-6dc8d115.so.62.4.0",
        "presence_desktop/resources/translations/presence_ko.qm",
        "presence_desktop/server/stores/sql/migrations/env.py",
    ],
)
def test_what_is_needed_is_packed(name: str) -> None:
    assert module("slim").kept(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/qml/QtQml/qmldir",
        "libX11.so.6",
        "libstdc++.so.6",
        "libglib-2.0.so.0",
        "presence_desktop/resources/translations/presence_ko.ts",
    ],
)
def test_what_nobody_needs_stays_out(name: str) -> None:
    assert not module("slim").kept(name)


def test_excluded_are_only_modules_that_nothing_of_ours_asks_for() -> None:
    slim = module("slim")
    imported = {
        found
        for path in (ROOT / "presence_desktop").rglob("*.py")
        for found in re.findall(r"^\s*(?:from|import) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert imported & set(slim.EXCLUDED_MODULES) == set()
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[><=; ]", line)[0].replace("-", "_") for line in required}
    assert names & set(slim.EXCLUDED_MODULES) == set()


def test_a_deb_is_packed_again_without_a_change_inside(tmp_path: Path) -> None:
    repack = module("repack")
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        tar.add(PACKAGING / "linux" / "nfpm.yaml", "nfpm.yaml")
    members = [(b"debian-binary", b"2.0\n"), (b"control.tar.gz", b"odd"), (repack.PLAIN, plain.getvalue())]
    package = tmp_path / "x.deb"
    package.write_bytes(b"!<arch>\n" + b"".join(repack._member(*one) for one in members))
    repack.pack(package)
    *before, (name, data) = repack._members(package.read_bytes())
    assert before == members[:-1]
    assert name == repack.PACKED
    with tarfile.open(fileobj=BytesIO(data), mode="r:xz") as tar:
        assert tar.getnames() == ["nfpm.yaml"]
    with pytest.raises(repack.NoPackage):
        repack.pack(package)


def test_what_is_left_after_removing_is_told_on_every_system() -> None:
    assert "~/.local/share/presence-desktop" in (PACKAGING / "linux" / "after-remove.sh").read_text("utf-8")
    assert "$LOCALAPPDATA\\presence-desktop" in (PACKAGING / "windows" / "presence.nsi").read_text("utf-8")
