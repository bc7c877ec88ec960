"""The record of one person: devices come and go in any order; what many have in common is kept once."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.claims import CustomText
from presence_desktop.server.domain.person import ACTIVE, IDLE, LOCKED, Device, Person, shown


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcd"), st.sampled_from([ACTIVE, IDLE, LOCKED]))))
def test_sessions_are_kept_like_in_a_dictionary(steps: list[tuple[bool, str, Device]]) -> None:
    person, plain = Person(), dict[str, tuple[int, Device]]()
    for second, (adding, sid, device) in enumerate(steps):
        if adding and sid not in plain:
            person.add(sid, second, device)
            plain[sid] = (second, device)
        else:
            person.remove(sid)
            plain.pop(sid, None)
        assert {one.sid: (one.heard, one.device) for one in person.sessions()} == plain
        assert (person.sid is None) == (not plain)
        for name in "abcd":
            found = person.find(name)
            assert (None if found is None else found.sid) == (name if name in plain else None)


def test_what_is_the_same_for_many_is_kept_once() -> None:
    assert shown(Status.BUSY, Reason.MANUAL) is shown(Status.BUSY, Reason.MANUAL)
    own = shown(Status.BUSY, Reason.MANUAL, CustomText("x", None))
    assert own.custom == CustomText("x", None)
    assert shown(Status.BUSY, Reason.MANUAL, None, 5).since == 5
