"""What the wire types take, refuse and send."""

import msgspec
import pytest

from presence_desktop.protocol import events, limits, rest
from presence_desktop.protocol.errors import HTTP_STATUS, MESSAGES, Code, Refused
from presence_desktop.protocol.status import Status
from presence_desktop.protocol.wire import checked


def test_names_are_camel_case_on_the_wire_and_either_way_in_python() -> None:
    query = msgspec.convert({"targetUserId": 7}, events.StatusQuery)
    assert query == events.StatusQuery(target_user_id=7)
    assert msgspec.to_builtins(query, str_keys=True) == {"targetUserId": 7}


@pytest.mark.parametrize("status", ["ONLINE", "invisible", "", None, 1, ["online"], {"status": "online"}])
def test_no_fifth_status(status: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"status": status}, events.StatusUpdate)


@pytest.mark.parametrize("user_id", ["1", 1.0, 1.5, True, None, 0, -1, 2**31, 10**30, [1]])
def test_an_id_is_an_integer_that_fits_its_column(user_id: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"targetUserId": user_id}, events.StatusQuery)


def test_unknown_fields_are_let_by_so_that_either_side_may_be_newer() -> None:
    assert msgspec.convert({"status": "busy", "mood": "fine"}, events.StatusUpdate).status is Status.BUSY


def test_a_custom_status_ends_at_its_limit() -> None:
    checked(events.CustomStatus(text="가" * limits.STATUS_TEXT_LENGTH))
    with pytest.raises(msgspec.ValidationError):
        checked(events.CustomStatus(text="가" * (limits.STATUS_TEXT_LENGTH + 1)))


@pytest.mark.parametrize("email", ["", "a", "a@", "@b", "a b@c", "a@b@c", "x" * 255 + "@example.org"])
def test_an_address_has_a_name_and_a_place(email: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        checked(rest.Register(email=email, username="mina", password="correct horse"))


@pytest.mark.parametrize("username", ["", " ", " mina", "mina ", "x" * 65])
def test_a_name_begins_and_ends_with_a_letter(username: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        checked(rest.Register(email="mina@example.org", username=username, password="correct horse"))


def test_no_secret_in_a_repr() -> None:
    told = [
        rest.Login(email="mina@example.org", password="hunter22"),
        rest.Register(email="mina@example.org", username="mina", password="hunter22", invite="hunter22"),
        rest.Refresh(refresh_token="hunter22"),
        events.ConnectAuth(token="hunter22"),
        rest.InviteMade(invite="hunter22", expires_at=1, uses=1),
        rest.SignedIn(
            token="hunter22",
            refresh_token="hunter22",
            user=rest.Account(user_id=1, username="mina", email="mina@example.org"),
        ),
    ]
    assert not [thing for thing in told if "hunter22" in repr(thing)]


def test_each_code_of_the_server_has_its_status_and_its_sentence() -> None:
    own_to_the_app = {
        Code.KEY_UNKNOWN, Code.KEY_CHANGED, Code.NOT_ENCRYPTED,
        Code.UNREACHABLE, Code.BAD_ANSWER, Code.NO_KEYRING, Code.UNREADABLE_FILE, Code.UNWRITABLE_FILE,
        Code.KEYRING_WAITS, Code.KEYRING_CLOSED, Code.NOT_KEPT, Code.HISTORY_BROKEN, Code.SETTINGS_BROKEN,
        Code.MESSAGES_UNREADABLE,
    }  # fmt: skip
    assert set(HTTP_STATUS) == set(MESSAGES) == set(Code) - own_to_the_app


def test_a_refusal_says_its_code_and_a_sentence() -> None:
    assert str(Refused(Code.UNKNOWN_USER)) == "unknown_user: There is no such user."
    assert Refused(Code.UNREACHABLE).message == "unreachable"
    late = Refused(Code.TOO_MANY_REQUESTS, "Slow down.", retry_after=2.5)
    assert (late.message, late.retry_after) == ("Slow down.", 2.5)
