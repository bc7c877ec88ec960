"""`make translations`: reads the texts out of the code, compiles the translations, and shows what is missing.

Writes `presence_ko.ts` and `presence_en.ts` (English only for its plurals) and the `.qm` files that ship. Ends with 1
if a text is not translated. Linguist (`pyside6-linguist`) is the place to translate in.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "presence_desktop" / "resources" / "translations"
BIN = Path(sys.executable).parent
LANGUAGES = {"ko": "ko_KR", "en": "en_US"}


def sources() -> list[str]:
    """The files with texts in them."""
    return sorted(
        str(path) for room in ("gui", "app") for path in (ROOT / "presence_desktop" / room).rglob("*.py")
    )


def update(folder: Path) -> None:
    """Read the texts out of the code into the `.ts` files of a folder."""
    for language, target in LANGUAGES.items():
        command = [str(BIN / "pyside6-lupdate"), *sources(), "-ts", str(folder / f"presence_{language}.ts")]
        options = [
            "-target-language",
            target,
            "-source-language",
            "en_US",
            "-no-obsolete",
            "-locations",
            "none",
        ]
        aliases = ["-tr-function-alias", "translate+=_tr"]
        plurals = ["-pluralonly"] if language == "en" else []
        subprocess.run([*command, *options, *aliases, *plurals], check=True, capture_output=True, cwd=ROOT)


def compile_into(folder: Path, target: Path) -> None:
    """Compile the `.ts` files of a folder into `.qm` files."""
    for language in LANGUAGES:
        source, made = folder / f"presence_{language}.ts", target / f"presence_{language}.qm"
        new = made.with_suffix(".qm.new")  # a running app has the old one mapped: never write into it
        command = [str(BIN / "pyside6-lrelease"), "-silent", str(source), "-qm", str(new)]
        subprocess.run(command, check=True, capture_output=True)
        new.replace(made)


def untranslated(file: Path) -> list[str]:
    """The texts that a `.ts` file does not translate yet."""
    missing = []
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            if (
                translation is None
                or translation.get("type") == "unfinished"
                or not "".join(translation.itertext()).strip()
            ):
                missing.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return missing


def main() -> int:
    """Update, compile, tell."""
    update(FOLDER)
    compile_into(FOLDER, FOLDER)
    missing = [line for language in LANGUAGES for line in untranslated(FOLDER / f"presence_{language}.ts")]
    for line in missing:
        print(f"not translated: {line}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
