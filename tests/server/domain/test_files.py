"""File names are harmless wherever they are saved; only readable pictures are shown in place."""

import unicodedata
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import NAME_BYTES, harmless, shown_in_place
from presence_desktop.server.domain.messages import File


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Users\\ann\\나의 그림.png", "나의 그림.png"),
        ("folder/", "folder"),
        ("cat.png\x00.exe", "cat.png.exe"),
        ("gpj\u202eexe.scr", "gpjexe.scr"),
        ("a\nb\tc\r.txt", "abc.txt"),
        ("half \ud800 done", "half  done"),
        ("\u200efoo\ufeff.txt", "foo.txt"),
        ("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png"),
        ("그림.png", "그림.png"),
        (".bashrc", "bashrc"),
        ("dots... ", "dots"),
        ('<a>:"b"|c?*.txt', "_a___b__c__.txt"),
        ("no\u00a0break.txt", "no break.txt"),
        ("con", "_con"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("com1 .txt", "_com1 .txt"),
        ("lpt¹", "_lpt¹"),
        ("console.log", "console.log"),
        ("x" * 300 + ".jpeg", "x" * 145 + ".jpeg"),
        ("x" * 300, "x" * 150),
        ("x." + "y" * 300, "x." + "y" * 148),
        ("가" * 200 + ".png", "가" * 78 + ".png"),
        ("가" * 200, "가" * 80),
        ("a" + " ." * 100 + ".png", "a.png"),
    ],
)
def test_a_name_becomes_harmless(name: str, kept: str) -> None:
    assert harmless(name) == kept


@pytest.mark.parametrize("name", ["", "/", "..", "../..", "\\\\", "\x00\x01", ". . .", "\u202e", "\u3000"])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        harmless(name)
    assert caught.value.code is Code.INVALID_FILE_NAME


@given(st.text(st.characters(), max_size=400))
def test_whatever_it_was_called_it_can_be_saved_and_stays_as_it_is(name: str) -> None:
    try:
        kept = harmless(name)
    except Refused:
        return
    assert harmless(kept) == kept
    assert 0 < len(kept) <= limits.FILE_NAME_LENGTH
    assert len(kept.encode()) <= NAME_BYTES
    assert not set(kept) & set('/\\<>:"|?*')
    assert all(unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp") for letter in kept)
    assert kept == kept.strip(" .")


@pytest.mark.parametrize(
    ("media_type", "has_thumbnail", "shown"),
    [
        ("image/png", True, True),
        ("image/webp", True, True),
        ("image/png", False, False),
        ("image/svg+xml", True, False),
        ("text/html", True, False),
        ("application/octet-stream", False, False),
    ],
)
def test_only_pictures_that_could_be_read_are_shown_in_place(
    media_type: str, has_thumbnail: bool, shown: bool
) -> None:
    assert shown_in_place(File(uuid4(), 1, "x", media_type, 1, has_thumbnail=has_thumbnail)) is shown
