"""What a backup is made of: a tar file of parts, then the manifest that tells each part's size and SHA-256, then the
manifest's own.

Decides which names there may be: nothing else is ever read from a backup or written to a data folder. The database is
packed (`presence.db.gz`); sizes and checksums are those of what is unpacked.
"""

import re

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

FORMAT = 1
"""Grows when a version before could not read what is written."""
DATABASE = "presence.db"
SETTINGS = "server.toml"
KEY = "secret.key"
TLS = "tls"
FILES = "files"
MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"
PACKED = ".gz"

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PLAIN = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}"
_PART = re.compile(
    rf"presence\.db|server\.toml|secret\.key|tls/{_PLAIN}|files/avatars/{_PLAIN}"
    rf"|files/uploads/[0-9a-f]{{2}}/{_UUID}(\.thumb)?"
)


class BackupInvalid(Exception):
    """The file is no backup, is damaged, or is from a newer version; the text says which."""


def is_part(name: str) -> bool:
    """Whether a part of a backup may be called so."""
    return _PART.fullmatch(name) is not None


class Part(BaseModel):
    """A part: its name, how many bytes it is, and their SHA-256 in hexadecimal digits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    size: int = Field(ge=0, le=2**53)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @field_validator("name")
    @classmethod
    def _allowed(cls, name: str) -> str:
        if not is_part(name):
            raise ValueError("no part is called so")
        return name


class Manifest(BaseModel):
    """All that is said of a backup. `made_at` is in ms since 1970; `rows` are counted by table.

    `schema` is None where the rows are in a database of their own (MySQL), which a backup does not hold. `missing` are
    files that the rows name and that lay nowhere when the backup was made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    version: str
    made_at: int = Field(ge=0)
    schema_: str | None = Field(alias="schema")
    rows: dict[str, int]
    missing: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts)

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(part.name for part in self.parts)


def written(manifest: Manifest) -> bytes:
    """As it stands in the file."""
    return manifest.model_dump_json(by_alias=True, indent=1).encode() + b"\n"


def read(content: bytes) -> Manifest:
    """From the file. Raises BackupInvalid."""
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        raise BackupInvalid(
            "the backup's manifest cannot be read: it is damaged, or from a newer version"
        ) from None
    if manifest.format > FORMAT:
        raise BackupInvalid(f"the backup is from a newer version ({manifest.version})")
    if len(manifest.names) < len(manifest.parts):
        raise BackupInvalid("the backup's manifest names a part twice")
    return manifest
