"""Whatever else answers at the address, or does not: one of our codes, in bounded time, and nothing is followed."""

import json
import logging
from pathlib import Path

import msgspec
import pytest
import requests

from presence_desktop.core import incoming
from presence_desktop.core.trust import MemoryPins
from presence_desktop.net import rest as rest_calls
from presence_desktop.net import trust
from presence_desktop.net.errors import ending, from_connect_error, from_requests, from_socketio, known_code
from presence_desktop.net.rest import Rest
from presence_desktop.net.tokens import expires_at
from presence_desktop.net.trust import Trust
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from tests.fakes.daemon import free_port
from tests.net.conftest import MakePerson
from tests.net.strangers import Stranger, http, self_made

LOGIN = rest.Login(email="mina@example.org", password="hunter22")
SIGNED_IN = {
    "success": True,
    "token": "t",
    "refreshToken": "r",
    "user": {"userId": 1, "username": "mina", "email": "mina@example.org", "avatar": None},
}


def said(code: str) -> bytes:
    return json.dumps({"success": False, "error": {"code": code, "message": "So."}}).encode()


def refused(url: str) -> Refused:
    pins = MemoryPins()
    pins.allow_plain(url)
    calls = Rest(url, Trust(pins))
    try:
        with pytest.raises(Refused) as refusal:
            calls.login(LOGIN)
    finally:
        calls.close()
    assert "hunter22" not in str(refusal.value)
    return refusal.value


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (http("200 OK", b"<html>Sign in to the hotel</html>", "Content-Type: text/html"), Code.BAD_ANSWER),
        (http("200 OK", b""), Code.BAD_ANSWER),
        (http("200 OK", b"[1, 2"), Code.BAD_ANSWER),
        (http("200 OK", b"\xff\xfe\x00"), Code.BAD_ANSWER),
        (http("200 OK", b'{"success": true}'), Code.BAD_ANSWER),
        (http("200 OK", b'{"success": true, "token": "\xff"}'), Code.BAD_ANSWER),
        (http("200 OK", b'{"x":' * 100_000), Code.BAD_ANSWER),
        (
            http("403 Forbidden", b'{"success": false, "error": {"code": "\xff", "message": ""}}'),
            Code.BAD_ANSWER,
        ),
        (http("403 Forbidden", b'{"x":' * 100_000), Code.BAD_ANSWER),
        (http("200 OK", b'{"success": false, "token": "t"}'), Code.BAD_ANSWER),
        (http("204 No Content", b""), Code.BAD_ANSWER),
        (http("302 Found", b"", "Location: http://portal.example.org/"), Code.BAD_ANSWER),
        (http("301 Moved Permanently", b"", "Location: https://example.org/"), Code.BAD_ANSWER),
        (http("401 Unauthorized", said("invalid_credentials")), Code.INVALID_CREDENTIALS),
        (http("401 Unauthorized", b"<html>"), Code.BAD_ANSWER),
        (http("404 Not Found", b"<html>"), Code.BAD_ANSWER),
        (http("403 Forbidden", said("invite_required")), Code.INVITE_REQUIRED),
        (http("403 Forbidden", said("something_newer")), Code.SERVER_ERROR),
        (http("500 Oops", said("server_error")), Code.SERVER_ERROR),
        (http("502 Bad Gateway", b"<html>nginx</html>"), Code.UNAVAILABLE),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Code.UNREACHABLE),
        (b"", Code.UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", Code.UNREACHABLE),
        (http("200 OK", b"x" * 5_000_000), Code.BAD_ANSWER),
        (http("200 OK", b"no gzip", "Content-Encoding: gzip"), Code.BAD_ANSWER),
    ],
)
def test_an_answer_has_one_code(answer: bytes, code: Code) -> None:
    with Stranger(answer) as stranger:
        assert refused(stranger.url).code is code


def test_how_long_to_wait_is_passed_on() -> None:
    with Stranger(http("429 Too Many", said("too_many_requests"), "Retry-After: 7")) as stranger:
        refusal = refused(stranger.url)
    assert (refusal.code, refusal.retry_after, refusal.message) == (Code.TOO_MANY_REQUESTS, 7.0, "So.")


def test_nobody_there() -> None:
    assert refused(f"http://127.0.0.1:{free_port()}").code is Code.UNREACHABLE


def test_silence_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest_calls, "READ_SECONDS", 0.2)
    with Stranger(None) as stranger:
        assert refused(stranger.url).code is Code.UNREACHABLE


def test_an_answer_that_drips_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest_calls, "WHOLE_SECONDS", -1.0)
    with Stranger(http("200 OK", b"{}")) as stranger:
        assert refused(stranger.url).code is Code.UNREACHABLE


def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path) -> None:
    with Stranger(http("200 OK", json.dumps(SIGNED_IN).encode()), self_made(tmp_path)) as stranger:
        refusal = refused(stranger.url)
        assert stranger.asked == b""
    assert (refusal.code, "certificate" in refusal.message) == (Code.KEY_UNKNOWN, True)


@pytest.mark.parametrize("url", ["http://no-such-host.invalid:3001", "http://", "nonsense"])
def test_an_address_that_leads_nowhere(url: str) -> None:
    assert refused(url).code is Code.UNREACHABLE


def test_a_netrc_does_not_put_its_own_words_into_the_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setattr(trust, "is_loopback", lambda _: False)
    with Stranger(http("200 OK", b'{"success": true, "users": [], "next": null}')) as stranger:
        pins = MemoryPins()
        pins.allow_plain(stranger.url)
        calls = Rest(stranger.url, Trust(pins))
        calls.directory("my-token", 0)
        calls.close()
        assert b"Authorization: Bearer my-token" in stranger.asked
        assert b"Basic" not in stranger.asked


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (http("200 OK", b"<html>"), Code.BAD_ANSWER),
        (http("302 Found", b"", "Location: http://portal.example.org/"), Code.BAD_ANSWER),
        (http("503 Service Unavailable", b""), Code.UNAVAILABLE),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Code.BAD_ANSWER),
        (b"", Code.UNREACHABLE),
    ],
)
def test_the_link_says_what_stands_in_its_way_and_tries_on(
    answer: bytes, code: Code, person: MakePerson, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mina = person()
    with Stranger(answer) as stranger:
        mina.gateway._tokens.begin(
            stranger.url, msgspec.convert(SIGNED_IN | {"token": "hunter22"}, rest.SignedIn)
        )
        mina.gateway.connect()
        assert mina.wait(incoming.LinkLost).code is code
        mina.wait(incoming.LinkTrying, lambda item: item.attempt >= 2)
        mina.gateway.close()
    assert "hunter22" not in caplog.text


def test_the_link_trusts_no_self_made_certificate(person: MakePerson, tmp_path: Path) -> None:
    mina = person()
    with Stranger(b"", self_made(tmp_path)) as stranger:
        mina.gateway._tokens.begin(stranger.url, msgspec.convert(SIGNED_IN, rest.SignedIn))
        mina.gateway.connect()
        lost = mina.wait(incoming.LinkLost)
        assert (lost.code, lost.next_try_at) == (Code.KEY_UNKNOWN, None)
        assert lost.question is not None
        assert lost.question.server == stranger.url
        assert stranger.asked == b""
        mina.gateway.close()


def test_closing_in_the_midst_of_an_opening_waits_for_nobody(person: MakePerson) -> None:
    mina = person()
    with Stranger(None) as stranger:
        mina.gateway._tokens.begin(stranger.url, msgspec.convert(SIGNED_IN, rest.SignedIn))
        mina.gateway.connect()
        mina.wait(incoming.LinkTrying)
        mina.gateway.close()
        assert mina.gateway._link.join(1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"message": "no", "data": {"code": "token_revoked", "message": "Gone."}}, Code.TOKEN_REVOKED),
        ({"message": "no", "data": {"code": "new_code"}}, Code.SERVER_ERROR),
        ({"message": "no"}, Code.BAD_ANSWER),
        ({"message": "no", "data": {"code": 7}}, Code.BAD_ANSWER),
        ("no", Code.BAD_ANSWER),
        (None, Code.BAD_ANSWER),
    ],
)
def test_why_a_connection_was_refused(data: object, code: Code) -> None:
    assert from_connect_error(data).code is code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"code": "account_disabled", "message": "Ask them."}, Code.ACCOUNT_DISABLED),
        ({"code": "going_away"}, Code.UNAVAILABLE),
        (None, Code.UNAVAILABLE),
        ([], Code.UNAVAILABLE),
    ],
)
def test_why_a_connection_is_ended(data: object, code: Code) -> None:
    assert ending(data).code is code


def test_what_no_case_foresees_still_has_a_code() -> None:
    assert from_requests(requests.RequestException("odd")).code is Code.BAD_ANSWER
    assert from_socketio(RuntimeError("odd")).code is Code.BAD_ANSWER
    assert known_code(None) is Code.SERVER_ERROR


@pytest.mark.parametrize(
    "token", ["", "a", "a.b", "a.e30.c", "a.eyJleHAiOiJ4In0.c", "a.WzFd.c", "a.\udcff.c", "a.é.c"]
)
def test_a_token_that_says_nothing_of_its_end(token: str) -> None:
    assert expires_at(token) is None


def test_a_token_s_end_is_read_in_ms() -> None:
    assert expires_at("h.eyJleHAiOiAxNzAwMDAwMDAwfQ.s") == 1_700_000_000_000
