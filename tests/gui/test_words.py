"""Every code has a sentence, in both languages, and nobody's dot is explained wrongly."""

import pytest

from presence_desktop.core.contact import Contact
from presence_desktop.core.hosting import HostReport, HostState, HostTrouble
from presence_desktop.gui import words
from presence_desktop.gui.alert_words import hidden_alert
from presence_desktop.gui.host_words import state_word, trouble_sentence
from presence_desktop.gui.language import Language, Languages
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status
from tests.gui.scene import NOON

LANGUAGES = [Language.ENGLISH, Language.KOREAN]


def person(status: Status, **more: object) -> Contact:
    contact = Contact(7, "Ada Lovelace")
    contact.status, contact.known = status, True
    for name, value in more.items():
        setattr(contact, name, value)
    return contact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sentence(languages: Languages, language: Language, code: Code) -> None:
    languages.choose(language)
    for sentence in (words.error_sentence(code), words.link_sentence(code)):
        assert sentence.endswith(".")
        assert code.value not in sentence


def test_a_code_of_a_newer_server_is_told_as_it_is(languages: Languages) -> None:
    assert "brand_new" in words.error_sentence("brand_new")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_trouble_of_hosting_has_words(languages: Languages, language: Language) -> None:
    languages.choose(language)
    assert all(state_word(state) for state in HostState)
    for trouble in HostTrouble:
        assert trouble_sentence(HostReport(HostState.FAILED, trouble=trouble, detail="3001"))
    assert trouble_sentence(HostReport(HostState.RUNNING)) == ""


def test_every_reason_has_words(languages: Languages) -> None:
    assert all(words.reason_words(reason) for reason in Reason)
    assert words.reason_words(None) == ""


def test_the_line_under_a_name(languages: Languages) -> None:
    assert words.status_line(person(Status.BUSY), NOON) == "Busy"
    assert words.status_line(person(Status.BUSY, emoji="🎧", text="Deep work"), NOON) == "🎧 Deep work"
    assert words.status_line(person(Status.OFFLINE), NOON) == "Offline"
    seen = person(Status.OFFLINE, last_seen=NOON - 300_000, text="left over")
    assert words.status_line(seen, NOON) == "Last seen 5 min ago"


def test_while_unknown_nothing_is_claimed(languages: Languages) -> None:
    lost = person(Status.ONLINE, text="Deep work")
    lost.known = False
    assert words.status_line(lost, NOON) == "Unknown"
    assert words.sentence(lost, NOON) == "Ada Lovelace, Unknown"
    assert words.why(None, None, None, NOON).startswith("Unknown")


def test_somebody_in_one_sentence(languages: Languages) -> None:
    assert words.sentence(person(Status.AWAY), NOON) == "Ada Lovelace, Away"
    assert words.sentence(person(Status.AWAY, text="Lunch"), NOON) == "Ada Lovelace, Away, Lunch"


def test_why(languages: Languages) -> None:
    told = words.why(Status.AWAY, Reason.IDLE, NOON, NOON)
    assert told.startswith("Away · no keyboard or mouse for a while · since ")


def test_whoever_hosts_is_told_that_the_server_goes_on_in_the_tray(languages: Languages) -> None:
    assert "your server" in hidden_alert(hosting=True)[1]
    assert "your server" not in hidden_alert()[1]
