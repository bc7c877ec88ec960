"""Socket.IO packets: what is well-formed, and that what we encode is what the stock library would."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio.packet import Packet as StockPacket

from presence_desktop.server.transport.link import sio_codec as codec
from presence_desktop.server.transport.link.sio_codec import Malformed, decode, encode_ack, encode_event

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.text(st.characters(codec="utf-8")).filter(lambda name: name not in codec.RESERVED)
BINARY = st.recursive(
    st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
)


@given(
    event=NAMES,
    data=JSON,
    ack=st.none() | st.integers(0, 10**15),
    namespace=st.sampled_from(["/", "/custom"]),
)
def test_an_event_comes_back_as_it_was(event: str, data: Any, ack: int | None, namespace: str) -> None:
    packet = decode(encode_event(event, (data,), namespace, ack).text.decode())
    assert (packet.kind, packet.namespace, packet.ack, packet.data) == (
        codec.EVENT,
        namespace,
        ack,
        [event, data],
    )


@given(event=NAMES, data=BINARY)
def test_a_binary_event_comes_back_as_it_was(event: str, data: Any) -> None:
    encoded = encode_event(event, (data,))
    packet = decode(encoded.text.decode())
    for at, attachment in enumerate(encoded.attachments):
        assert packet.attach(attachment) == (at == len(encoded.attachments) - 1)
    assert packet.data == [event, data]


@given(data=JSON)
def test_the_stock_library_reads_what_we_encode(data: Any) -> None:
    stock = StockPacket(encoded_packet=encode_event("x", (data,), "/custom", 7).text.decode())
    assert (stock.packet_type, stock.namespace, stock.id, stock.data) == (2, "/custom", 7, ["x", data])


@given(st.text())
def test_no_text_is_more_than_malformed(text: str) -> None:
    try:
        decode(text)
    except Malformed:
        return


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (None, '["x"]'),
        ((), '["x"]'),
        ((1, 2), '["x",1,2]'),
        ([1, 2], '["x",[1,2]]'),
        (orjson.Fragment(b"[3]"), '["x",[3]]'),
    ],
)
def test_arguments_are_as_in_python_socketio(data: Any, expected: str) -> None:
    assert encode_event("x", data).text.decode() == "2" + expected


def test_what_only_the_stock_encoder_knows() -> None:
    assert json.loads(encode_event("x", {1: "a"}).text[1:]) == ["x", {"1": "a"}]
    assert json.loads(encode_event("x", "\ud800").text[1:]) == ["x", "\ud800"]


def test_an_acknowledgement() -> None:
    assert encode_ack(12, {"a": 1}).text == b'312[{"a":1}]'
    assert encode_ack(12).text == b"312[]"
    assert encode_ack(12, (1, b"x"), "/custom").text == b'61-/custom,12[1,{"_placeholder":true,"num":0}]'


def test_a_packet_on_the_wire() -> None:
    encoded = encode_event("x", b"\x01")
    text = b'451-["x",{"_placeholder":true,"num":0}]'
    assert encoded.frame == bytes([0x81, len(text)]) + text + b"\x82\x01\x01"
    assert [packet.encode() for packet in encoded.packets] == [text.decode(), b"\x01"]


def test_a_namespace_has_no_query() -> None:
    assert decode('0/admin?token=x,{"a":1}').namespace == "/admin"


def test_deep_nesting_is_malformed() -> None:
    packet = decode('51-["x",' + "[" * 1000 + "]" * 1000 + "]")
    with pytest.raises(Malformed):
        packet.attach(b"")
    with pytest.raises(Malformed):
        decode('2["x",' + "[" * 100_000 + "]" * 100_000 + "]")
