"""What counts as one emoji."""

import pytest

from presence_desktop.server.domain.emoji import is_emoji

ONE = [
    "🍜",
    "❤",
    "❤️",
    "👍🏽",
    "🇰🇷",
    "1️⃣",
    "#⃣",
    "👩‍💻",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "👩🏽‍❤️‍💋‍👨🏿",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "☕",
    "⏰",
    "🧑‍🚀",
    "🫠",
    "©️",
]
NONE = [
    "",
    "a",
    "1",
    "#",
    "lol",
    ":)",
    "🍜🍜",
    "🍜 ",
    " 🍜",
    "🇰",
    "🍜x",
    "가",
    "é",
    "\u200d",
    "\ufe0f",
    "🍜\u200d",
    "→",
    "٣",
    "\x00",
]


@pytest.mark.parametrize("text", ONE)
def test_one_emoji(text: str) -> None:
    assert is_emoji(text)


@pytest.mark.parametrize("text", NONE)
def test_none_or_more_than_one(text: str) -> None:
    assert not is_emoji(text)
