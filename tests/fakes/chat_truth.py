"""What must be true of conversations in the end, whatever happened meanwhile.

Read over REST by every member: nothing lost, nothing doubled, one order for all, and what devices saw is what there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from uuid import UUID

import msgspec
import requests

from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.chat_rest import OneMessage, Page
from tests.fakes.chat_desk import MARK, ChatDesk
from tests.fakes.chat_device import ChatDevice
from tests.waiting import eventually

PAGE = 200
PATIENCE = 20


def read(url: str, token: str, conversation_id: int) -> list[Message]:
    """The whole history, as one member reads it at one server."""
    found: list[Message] = []
    while True:
        after = found[-1].seq if found else 0
        answer = requests.get(
            f"{url}/api/conversations/{conversation_id}/messages?after={after}&limit={PAGE}",
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
        )
        assert answer.status_code == 200, answer.text
        page = msgspec.convert(answer.json(), Page)
        found += page.messages
        if not page.more:
            assert page.last_seq <= (found[-1].seq if found else 0), "the end of the history is missing"
            return found


def send_again(url: str, token: str, message: Message) -> None:
    """A message that is there, sent once more over REST, is the same message."""
    answer = requests.post(
        f"{url}/api/conversations/{message.conversation_id}/messages",
        headers={"Authorization": f"Bearer {token}"},
        json={"id": str(message.id), "text": "something else"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 200, answer.text
    assert msgspec.convert(answer.json(), OneMessage).message == message


def holds_together(history: Sequence[Message]) -> None:
    """Places are 1, 2, 3, ...; no id and no change stands twice."""
    assert [message.seq for message in history] == list(range(1, len(history) + 1))
    assert len({message.id for message in history}) == len(history)
    assert len({message.change for message in history}) == len(history)


def complete(history: Sequence[Message], written: Iterable[Sequence[UUID]]) -> None:
    """Everything that was written is there, in the order of each who wrote; and nothing else."""
    places = {message.id: message.seq for message in history}
    everything: set[UUID] = set()
    for ids in written:
        lost = [one for one in ids if one not in places]
        assert not lost, f"lost: {lost}"
        order = [places[one] for one in ids]
        assert order == sorted(order), "written in another order"
        everything.update(ids)
    assert places.keys() == everything, "nobody wrote this"


def kept_its_word(history: Sequence[Message], desk: ChatDesk, conversation_id: int) -> list[UUID]:
    """What stood in the desk's outbox is there, once, in order; all that is there of it.

    A message more for each of its lives may be: it may be killed before it says that it wrote.
    """
    own = [message for message in history if message.text.startswith(MARK)]
    texts, written = [message.text for message in own], desk.written(conversation_id)
    assert [text for text in texts if text in set(written)] == written, "lost, doubled or in another order"
    assert len(set(texts)) == len(texts) <= len(written) + desk.runs
    return [message.id for message in own]


def as_promised(history: Mapping[UUID, Message], device: ChatDevice) -> None:
    """What this device was told is so."""
    assert not device.wrong, device.wrong
    for promised in device.acknowledged.values():
        message = history[promised.id]
        assert (message.seq, message.sender_id) == (promised.seq, device.user_id)
        assert message.edited_at or message.deleted_at or message.text == promised.text
    for promised in device.changed.values():
        message = history[promised.id]
        assert message.change >= promised.change, "an acknowledged change is lost"
        assert message.change > promised.change or message == promised


def keeps_up(history: Sequence[Message], desk: ChatDesk, conversation_id: int) -> None:
    """What the desk keeps on its disk is how the history ends."""

    def differs() -> list[int]:
        kept = [msgspec.convert(one, Message) for one in desk.keeps(conversation_id, len(history))]
        if not kept:
            return [0]
        start = kept[0].seq - 1
        return [one.seq for one, other in zip_longest(history[start:], kept) if one != other and one]

    eventually(lambda: not differs(), within=PATIENCE, what="the desk keeps what there is")


def differences(history: Mapping[int, Sequence[Message]], device: ChatDevice) -> dict[int, list[UUID]]:
    """By conversation: what this device sees otherwise than it is."""
    found = {}
    for conversation_id, messages in history.items():
        right = {message.id: message for message in messages}
        seen = device.seen[conversation_id]
        wrong = [one for one in right.keys() | seen.keys() if right.get(one) != seen.get(one)]
        if wrong:
            found[conversation_id] = wrong
    return found
