"""Every emoji has its names in both languages; the search finds what people type, the likeliest first."""

import pytest

from presence_desktop.gui.emoji.book import GROUPS, EmojiBook, book
from presence_desktop.gui.emoji.memory import remember
from presence_desktop.gui.language import Language, Languages
from presence_desktop.server.domain.emoji import is_emoji


def chars(text: str, limit: int = 8) -> list[str]:
    return [one.char for one in book().find(text, limit)]


def test_every_emoji_can_be_a_reaction_and_has_its_names() -> None:
    assert len(book().all) > 1_800
    assert [one.char for one in book().all if not is_emoji(one.char)] == []
    assert all(one.english and one.korean and one.group in GROUPS for one in book().all)
    assert len({one.char for one in book().all}) == len(book().all)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("thumbsup", "👍"),
        (":+1:", "👍"),
        ("heart", "❤️"),
        ("tada", "🎉"),
        ("pizza", "🍕"),
        ("피자", "🍕"),
        ("좋아요", "👍"),
        ("고양이", "🐱"),
        ("ㄱㅇㅇ", "🐱"),
        ("웃는 얼굴", "😀"),
        ("대한민국", "🇰🇷"),
        ("south korea", "🇰🇷"),
    ],
)
def test_what_people_type_is_found(typed: str, wanted: str) -> None:
    assert wanted in chars(typed, 40)


def test_the_likeliest_comes_first() -> None:
    assert chars("smile")[0] == "😄"
    assert chars("fire")[0] == "🔥"
    assert chars("smil")[0] in {"😄", "😃"}
    assert chars("피자")[0] == "🍕"


def test_nothing_typed_offers_what_was_used_last() -> None:
    mine = EmojiBook(book().all)
    assert [one.char for one in mine.find("", 3)] == [one.char for one in mine.recent[:3]]
    mine.used("🍕")
    mine.used("nothing of the kind")
    assert mine.recent[0].char == "🍕"
    mine.used("❤")  # as some keyboards write it
    assert [one.char for one in mine.recent[:2]] == ["❤️", "🍕"]


def test_nothing_is_found_where_nothing_is() -> None:
    assert chars("zzzzzz") == []
    assert book().get("x") is None
    assert book().named("nosuchcode") is None


def test_short_codes_lead_to_their_emoji() -> None:
    pizza = book().named("pizza")
    assert pizza is not None
    assert pizza.char == "🍕"


def test_names_are_in_the_language_in_force(languages: Languages) -> None:
    pizza = book().get("🍕")
    assert pizza is not None
    assert pizza.name == "pizza"
    languages.choose(Language.KOREAN)
    assert pizza.name == "피자"


def test_those_used_last_are_known_from_earlier_runs() -> None:
    mine = EmojiBook(book().all, ["🍕", "no emoji", "👍"])
    assert [one.char for one in mine.recent][:3] == ["🍕", "👍", "❤️"]
    told: list[tuple[str, ...]] = []
    mine.tell = told.append
    mine.used("🎈")
    mine.used("🎈")  # the same once more is no news
    assert [recent[:3] for recent in told] == [("🎈", "🍕", "👍")]
    before = book().recent
    remember(("🥑",), told.append)
    assert book().recent[0].char == "🥑"
    remember([one.char for one in before], len)
    assert book().recent == before
