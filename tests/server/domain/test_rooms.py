"""Who may do what in a room, one rule at a time; all of them in any order are `services/chat/test_roles`."""

from collections.abc import Callable

import pytest

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import Kind, MemberRole, RoomPatch, Visibility
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import rooms
from presence_desktop.server.domain.rooms import Circle, Place

OWNER, MODERATOR, MEMBER = MemberRole.OWNER, MemberRole.MODERATOR, MemberRole.MEMBER
ANN, BOB, EVE, STRANGER = 1, 2, 3, 9
NOW = 50


def circle(kind: Kind = Kind.ROOM, visibility: Visibility = Visibility.PRIVATE) -> Circle:
    people = {ANN: OWNER, BOB: MODERATOR, EVE: MEMBER}
    return Circle(
        7, kind, "Lab", "", visibility, 1, 1, 0, 0, {who: Place(role, 1) for who, role in people.items()}
    )


def refused(doing: Callable[[], object]) -> Code:
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value.code


def test_for_a_stranger_there_is_no_such_conversation() -> None:
    for there in (None, circle(), circle(Kind.DIRECT)):
        for step in (
            lambda it: rooms.place(it, STRANGER),
            lambda it: rooms.change(it, STRANGER, RoomPatch(title="x")),
            lambda it: rooms.invite(it, STRANGER, [STRANGER], NOW),
            lambda it: rooms.join(it, STRANGER, NOW),
            lambda it: rooms.leave(it, STRANGER),
            lambda it: rooms.remove(it, STRANGER, ANN),
            lambda it: rooms.remove(it, STRANGER, STRANGER),
            lambda it: rooms.give_role(it, STRANGER, STRANGER, OWNER),
        ):
            assert refused(lambda step=step, there=there: step(there)) is Code.UNKNOWN_CONVERSATION


def test_a_direct_conversation_belongs_to_its_people_for_ever() -> None:
    direct = circle(Kind.DIRECT)
    for step in (
        lambda: rooms.change(direct, ANN, RoomPatch(topic="x")),
        lambda: rooms.invite(direct, ANN, [STRANGER], NOW),
        lambda: rooms.join(direct, ANN, NOW),
        lambda: rooms.leave(direct, ANN),
        lambda: rooms.remove(direct, ANN, BOB),
        lambda: rooms.give_role(direct, ANN, BOB, OWNER),
    ):
        assert refused(step) is Code.FORBIDDEN
    assert not rooms.leads(direct, ANN)
    assert rooms.may_pin(direct, EVE)
    assert rooms.direct_key(3, 1) == rooms.direct_key(1, 3) == "1:3"


def test_owner_and_moderators_change_what_it_says() -> None:
    room = circle()
    assert refused(lambda: rooms.change(room, EVE, RoomPatch(title="x"))) is Code.FORBIDDEN
    assert rooms.change(room, BOB, RoomPatch(title=" New ", topic="", visibility=Visibility.PUBLIC))
    assert (room.title, room.topic, room.visibility, room.version) == ("New", "", Visibility.PUBLIC, 2)
    assert not rooms.change(room, ANN, RoomPatch(title="New"))
    assert not rooms.change(room, ANN, RoomPatch())
    assert room.version == 2
    for wrong in (
        RoomPatch(title="\u200b"),
        RoomPatch(title="ok", topic="a\u202eb"),
        RoomPatch(title="a\nb"),
    ):
        assert refused(lambda wrong=wrong: rooms.change(room, ANN, wrong)) is Code.INVALID_TEXT
    assert (room.title, room.version) == ("New", 2)
    assert rooms.leads(room, BOB)
    assert not rooms.leads(room, EVE)
    assert not rooms.leads(room, STRANGER)
    assert rooms.may_pin(room, BOB)
    assert not rooms.may_pin(room, EVE)


def test_a_room_is_never_without_an_owner_while_somebody_is_in_it() -> None:
    room = circle()
    assert refused(lambda: rooms.leave(room, ANN)) is Code.LAST_OWNER
    assert refused(lambda: rooms.give_role(room, ANN, ANN, MEMBER)) is Code.LAST_OWNER
    assert refused(lambda: rooms.remove(room, ANN, ANN)) is Code.LAST_OWNER
    assert rooms.give_role(room, ANN, EVE, OWNER)
    assert not rooms.give_role(room, ANN, EVE, OWNER)
    rooms.leave(room, ANN)
    rooms.remove(room, EVE, BOB)
    rooms.leave(room, EVE)
    assert room.people == {}
    room.visibility = Visibility.PUBLIC
    assert rooms.join(room, STRANGER, NOW) == [STRANGER]
    assert room.people == {STRANGER: Place(OWNER, NOW)}


def test_who_puts_out_whom() -> None:
    for actor, target, code in (
        (EVE, BOB, Code.FORBIDDEN),
        (BOB, ANN, Code.FORBIDDEN),
        (BOB, STRANGER, Code.UNKNOWN_USER),
        (EVE, STRANGER, Code.FORBIDDEN),
    ):
        assert refused(lambda actor=actor, target=target: rooms.remove(circle(), actor, target)) is code
    room = circle()
    rooms.remove(room, BOB, EVE)
    rooms.remove(room, BOB, BOB)
    assert list(room.people) == [ANN]


def test_only_owners_give_roles_to_who_is_there() -> None:
    assert refused(lambda: rooms.give_role(circle(), BOB, EVE, MODERATOR)) is Code.FORBIDDEN
    assert refused(lambda: rooms.give_role(circle(), ANN, STRANGER, MEMBER)) is Code.UNKNOWN_USER
    room = circle()
    assert rooms.give_role(room, ANN, EVE, MODERATOR)
    assert room.people[EVE] == Place(MODERATOR, 1)


def test_invited_once_each_into_private_rooms_by_who_leads_them() -> None:
    room = circle()
    assert refused(lambda: rooms.invite(room, EVE, [4], NOW)) is Code.FORBIDDEN
    assert rooms.invite(room, BOB, [4, 4, EVE, 5], NOW) == [4, 5]
    assert room.people[5] == Place(MEMBER, NOW)
    assert rooms.invite(room, BOB, [4], NOW) == []
    assert room.version == 2
    assert rooms.invite(circle(visibility=Visibility.PUBLIC), EVE, [4], NOW) == [4]
    many = range(100, 100 + limits.ROOM_MEMBERS)
    assert refused(lambda: rooms.invite(room, ANN, many, NOW)) is Code.LIMIT_REACHED
    assert room.version == 2


def test_members_who_join_again_change_nothing() -> None:
    room = circle(visibility=Visibility.PUBLIC)
    assert rooms.join(room, EVE, NOW) == []
    assert rooms.join(circle(), EVE, NOW) == []
    assert room.version == 1
