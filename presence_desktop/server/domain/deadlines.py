"""The next moment at which anything about a person changes by itself.

Leaves out the life of an entry: those past it are swept every few minutes, not each on its own second.
"""

from presence_desktop.server.domain.person import Person


def next_change(person: Person) -> int | None:
    """The earliest of: a grace or lease ends, a claim ends, the custom status ends; in ms, None if nothing does."""
    ends = [session.device.ends for session in person.sessions()]
    if person.choices is not None:
        ends.extend(claim.until for claim in person.choices.claims)
        if person.choices.custom is not None:
            ends.append(person.choices.custom.until)
    return min((end for end in ends if end is not None), default=None)
