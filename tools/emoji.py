"""Makes `resources/emoji/emoji.json` of the npm package `emojibase-data` (MIT; its words are Unicode's CLDR).

Run by hand when there are new emoji. One row per emoji, in the order keyboards know: character, group, English name,
Korean name, short codes, English words, Korean words. Those newer than `NEWEST` are left out: the fonts that people
have do not draw them yet. Skin tones are left out too.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "emojibase-data@17.0.0"
NEWEST = 15.0
COMPONENTS = 2
"""The group of skin tones and hair: parts, no emoji."""
TARGET = Path(__file__).resolve().parent.parent / "presence_desktop" / "resources" / "emoji"

Row = list[object]


def fetched(folder: Path) -> Path:
    """The package, unpacked."""
    command = ["npm", "pack", PACKAGE, "--silent"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    with tarfile.open(folder / name) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def rows(package: Path) -> list[Row]:
    """The emoji, in order."""
    english, korean = (
        {entry["hexcode"]: entry for entry in read(package / language / "data.json")}
        for language in ("en", "ko")
    )
    codes = read(package / "en" / "shortcodes" / "github.json")
    more = read(package / "en" / "shortcodes" / "emojibase.json")
    shown = [entry for entry in english.values() if wanted(entry)]
    made: list[Row] = []
    for entry in sorted(shown, key=lambda entry: entry["order"]):
        code = entry["hexcode"]
        local = korean[code]
        names = list(dict.fromkeys([*listed(codes.get(code)), *listed(more.get(code))]))
        known = words(entry["label"], *names)
        tags = [tag for tag in words(*entry.get("tags", ())) if tag not in known]
        made.append([
            qualified(entry), entry["group"], entry["label"], local["label"], names, " ".join(tags),
            " ".join(words(*local.get("tags", ()))),
        ])  # fmt: skip
    return made


def qualified(entry: dict[str, Any]) -> str:
    """The characters as keyboards send them: no sign for colours behind what is in colour by itself."""
    char: str = entry["emoji"]
    return char[0] if entry["type"] == 1 and len(char) == 2 and char[1] == "\ufe0f" else char


def wanted(entry: dict[str, Any]) -> bool:
    """Whether an entry is an emoji that can be shown."""
    group, version = entry.get("group"), entry.get("version")
    return (
        isinstance(group, int)
        and group != COMPONENTS
        and isinstance(version, int | float)
        and version <= NEWEST
    )


def words(*texts: str) -> list[str]:
    """Every word once."""
    return list(dict.fromkeys(word for text in texts for word in re.split(r"[\s_:,]+", text) if word))


def listed(value: str | list[str] | None) -> list[str]:
    """One or many as many."""
    return [] if value is None else [value] if isinstance(value, str) else value


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def main() -> int:
    """Fetch and write."""
    with tempfile.TemporaryDirectory() as folder:
        package = fetched(Path(folder))
        made = rows(package)
        TARGET.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in made)
        (TARGET / "emoji.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        (TARGET / "NOTICE").write_text(
            f"emoji.json is made of {PACKAGE} by tools/emoji.py.\n\n"
            + (package / "LICENSE").read_text(encoding="utf-8"),
            encoding="utf-8",
        )
    print(f"{len(made)} emoji")
    return 0


if __name__ == "__main__":
    sys.exit(main())
