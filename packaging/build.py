"""`make package`: freezes the app and the server, and makes of them what this system can make, into dist/.

Linux: .deb, .rpm and .tar.gz, and the Windows installer's script is compiled around a stand-in, so that a mistake in it
is seen here. Windows: the installer. macOS: the disk image. SHA256SUMS tells what was made. The version is that of
presence_desktop/__init__.py and stands nowhere else. Runs in the environment of packaging/environment.
"""

import argparse
import gzip
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from string import Template

sys.path.insert(0, str(Path(__file__).resolve().parent))
import libraries
import repack
import tryout

ROOT = Path(__file__).resolve().parent.parent
PACKAGING, BUILD, DIST = ROOT / "packaging", ROOT / "build", ROOT / "dist"
FROZEN = BUILD / "frozen" / "presence-desktop"
NAME = "presence-desktop"
PROGRAMS = (NAME, "presence-server")
ARCHITECTURES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
MOST_BYTES = 60_000_000
"""The .deb is not larger. (nfpm packs the .rpm, which comes out a quarter larger.)"""


def main() -> None:
    """Build all that can be built here."""
    options = _arguments()
    os.chdir(ROOT)
    number = options.version or version()
    if options.print_version:
        print(number)
        return
    print(f"Presence Desktop {number}")
    if not options.frozen:
        freeze(number)
    try:
        tryout.try_out(FROZEN, version())
    except tryout.DoesNotRun as error:
        sys.exit(f"What was frozen does not run. {error}")
    DIST.mkdir(exist_ok=True)
    for old in DIST.iterdir():
        old.unlink()
    made = {"linux": linux, "win32": windows, "darwin": macos}[sys.platform](number)
    write_sums(made)
    for path in made:
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.relative_to(ROOT)}")


def version() -> str:
    """The version, from the one place where it stands."""
    text = (ROOT / "presence_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        sys.exit("presence_desktop/__init__.py tells no version of three numbers.")
    return found.group(1)


# --- the programs -----------------------------------------------------------------------------------


def freeze(number: str) -> None:
    """Icons, then both programs in one folder."""
    shutil.rmtree(BUILD / "frozen", ignore_errors=True)
    run(sys.executable, "packaging/icons.py", "build/icons")
    (BUILD / "windows-version.txt").write_text(windows_version(number), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PRESENCE_VERSION": number}
    folders = ("--distpath", "build/frozen", "--workpath", "build/pyinstaller")
    log = BUILD / "pyinstaller.log"
    words = (sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, "packaging/presence.spec")
    print("Freezing the programs (about a minute)")
    with log.open("wb") as said:
        done = subprocess.run(words, env=environment, stdout=said, stderr=said, check=False)
    if done.returncode:
        sys.exit(f"{log.read_text(errors='replace')[-4000:]}\nPyInstaller failed; all of it: {log}")
    run(sys.executable, "-X", "no_debug_ranges", "packaging/compiled.py", str(FROZEN / "_internal"))


# --- what each system gets --------------------------------------------------------------------------


def linux(number: str) -> list[Path]:
    """Archive, .deb, .rpm, and the Windows installer's script compiled."""
    _metadata(number)
    made = [archive(number)]
    lists = {
        "deb": (libraries.depends_deb(FROZEN), libraries.RECOMMENDED),
        "rpm": (libraries.depends_rpm(FROZEN), libraries.RECOMMENDED_RPM),
    }
    for kind, (depends, recommends) in lists.items():
        recipe = BUILD / f"nfpm-{kind}.yaml"
        recipe.write_text(nfpm(number, depends, recommends), encoding="utf-8")
        before = set(DIST.iterdir())
        tool = Path(sys.executable).with_name("nfpm")
        run(str(tool), "package", "--config", str(recipe), "--packager", kind, "--target", "dist/")
        (package,) = set(DIST.iterdir()) - before
        if kind == "deb":
            repack.pack(package)
            if package.stat().st_size > MOST_BYTES:
                sys.exit(f"{package.name} has {package.stat().st_size / 1e6:.0f} MB.")
        made.append(package)
    compile_installer(number, _stand_in(), BUILD / f"{NAME}-stand-in.exe")
    return made


def windows(number: str) -> list[Path]:
    """The installer."""
    made = DIST / f"{NAME}-{number}-windows-{_architecture()}.exe"
    compile_installer(number, FROZEN, made)
    return [made]


def macos(number: str) -> list[Path]:
    """The disk image."""
    run("packaging/macos/dmg.sh", number)
    return list(DIST.glob("*.dmg"))


def archive(number: str) -> Path:
    """Everything in a folder that can lie anywhere; what a desktop wants to know of it is in share/."""
    made = DIST / f"{NAME}-{number}-linux-{_architecture()}.tar.gz"
    top = f"{NAME}-{number}"
    share = {
        "applications/presence-desktop.desktop": PACKAGING / "linux" / "presence-desktop.desktop",
        "systemd/user/presence-server.service": PACKAGING / "linux" / "presence-server.service",
        "metainfo/org.presence.desktop.metainfo.xml": BUILD / "org.presence.desktop.metainfo.xml",
        "icons/hicolor": BUILD / "icons" / "hicolor",
        "man/man1": BUILD / "man",
    }
    with tarfile.open(made, "w:gz", compresslevel=6) as tar:
        tar.add(FROZEN, top, filter=_owned_by_root)
        tar.add(ROOT / "LICENSE", f"{top}/LICENSE", filter=_owned_by_root)
        for name, source in share.items():
            tar.add(source, f"{top}/share/{name}", filter=_owned_by_root)
    return made


def nfpm(number: str, depends: list[str], recommends: tuple[str, ...]) -> str:
    """The recipe of a package, filled in; JSON is YAML too."""
    template = Template((PACKAGING / "linux" / "nfpm.yaml").read_text(encoding="utf-8"))
    return template.substitute(
        VERSION=number,
        ARCH=_architecture(),
        FROZEN=FROZEN.relative_to(ROOT).as_posix(),
        DEPENDS=json.dumps(depends),
        RECOMMENDS=json.dumps(recommends),
    )


def compile_installer(number: str, payload: Path, made: Path) -> None:
    """The Windows installer around a folder. Without makensis there is none; on Windows that is an error."""
    maker = shutil.which("makensis")
    if maker is None:
        if sys.platform == "win32":
            sys.exit("makensis (NSIS) is not on the PATH.")
        print("makensis is not there (Debian: nsis): the Windows installer's script is not tried.")
        return
    icon = BUILD / "icons" / f"{NAME}.ico"
    words = {"VERSION": number, "PAYLOAD": payload, "OUTFILE": made, "ICON": icon}
    defined = [f"-D{name}={value}" for name, value in words.items()]
    run(maker, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(PACKAGING / "windows" / "presence.nsi"))


def windows_version(number: str) -> str:
    """What Windows shows of a program's origin, as PyInstaller reads it."""
    numbers = (*map(int, number.split(".")), 0)
    texts = {
        "CompanyName": "Presence Desktop contributors",
        "FileDescription": "Presence Desktop",
        "FileVersion": number,
        "InternalName": NAME,
        "LegalCopyright": "MIT License",
        "ProductName": "Presence Desktop",
        "ProductVersion": number,
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    table = f"StringFileInfo([StringTable('040904B0', [{strings}])])"
    known = f"FixedFileInfo(filevers={numbers}, prodvers={numbers})"
    return (
        f"VSVersionInfo(ffi={known}, kids=[{table}, VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def write_sums(made: list[Path]) -> None:
    """SHA256SUMS, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made)]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


# --- small things -----------------------------------------------------------------------------------


def run(*words: str) -> None:
    """A step; what it says is seen, and if it fails so does the build."""
    if subprocess.run(words, check=False).returncode:
        sys.exit(f"{Path(words[0]).name} failed.")


def _metadata(number: str) -> None:
    today = datetime.now(UTC).date().isoformat()  # noqa: TID251 - the day of the release
    source = (PACKAGING / "linux" / "org.presence.desktop.metainfo.xml").read_text(encoding="utf-8")
    filled = Template(source).substitute(VERSION=number, DATE=today)
    (BUILD / "org.presence.desktop.metainfo.xml").write_text(filled, encoding="utf-8")
    (BUILD / "man").mkdir(exist_ok=True)
    for name in PROGRAMS:
        page = Template((PACKAGING / "linux" / f"{name}.1").read_text(encoding="utf-8"))
        _gzip(page.substitute(VERSION=number).encode(), BUILD / "man" / f"{name}.1.gz")
    _gzip((ROOT / "CHANGELOG.md").read_bytes(), BUILD / "changelog.gz")
    checks = (
        ("desktop-file-validate", str(PACKAGING / "linux" / "presence-desktop.desktop")),
        ("appstreamcli", "validate", "--no-net", str(BUILD / "org.presence.desktop.metainfo.xml")),
    )
    for words in checks:
        if shutil.which(words[0]):
            run(*words)
        else:
            print(f"{words[0]} is not there: {Path(words[-1]).name} is not validated.")


def _gzip(content: bytes, path: Path) -> None:
    path.write_bytes(gzip.compress(content, 9, mtime=0))


def _stand_in() -> Path:
    """A folder that looks like the Windows programs, to compile the installer's script around."""
    folder = BUILD / "stand-in"
    (folder / "_internal").mkdir(parents=True, exist_ok=True)
    for name in (*(f"{program}.exe" for program in PROGRAMS), "_internal/base_library.zip"):
        (folder / name).write_bytes(b"not a program\n")
    return folder


def _owned_by_root(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    return info


def _architecture() -> str:
    return ARCHITECTURES[platform.machine()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frozen", action="store_true", help="take the programs that were frozen before")
    parser.add_argument("--version", help="give the packages another version (to try an upgrade)")
    parser.add_argument("--print-version", action="store_true", help="tell the version, build nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
