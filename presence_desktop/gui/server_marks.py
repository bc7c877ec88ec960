"""The letters and colours of the signs of servers that stand side by side, so that they can be told apart.

Pure. Made of what all of them are called, and of whose accounts they are: no sign says the same as another. Of a name
the initials, of a numeric address its end, of two accounts on one server the person's letter.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

_IPV4 = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_IPV6 = re.compile(r"[0-9a-fA-F]*:[0-9a-fA-F:.]*")
_PORT = re.compile(r":(\d{2,5})$")


def marks(accounts: Sequence[tuple[str, str]]) -> list[str]:
    """For each account, as the server's name and one's e-mail address there, at most five characters."""
    options = [_options(name, email, place) for place, (name, email) in enumerate(accounts)]
    chosen = [one[0] for one in options]
    for level in range(1, max(map(len, options), default=0)):
        for alike in _alike(chosen):
            others = [options[place][level] for place in alike]
            if len(set(others)) > 1:
                for place, mark in zip(alike, others, strict=True):
                    chosen[place] = mark
    return chosen


def shades(servers: Sequence[str], count: int) -> list[int]:
    """For each server by its address which of `count` colours it has: as long as there are enough each another one, and
    the same in whatever order they stand.
    """
    taken: dict[str, int] = {}
    for server in sorted(set(servers)):
        shade = sum(server.encode()) % count
        while shade in taken.values() and len(taken) < count:
            shade = (shade + 1) % count
        taken[server] = shade
    return [taken[server] for server in servers]


def _alike(chosen: Sequence[str]) -> list[list[int]]:
    """The places of those that say the same."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, mark in enumerate(chosen):
        places[mark].append(place)
    return [group for group in places.values() if len(group) > 1]


def _options(name: str, email: str, place: int) -> tuple[str, ...]:
    """What a sign could say, the best first; the last is its own in any case."""
    port = _PORT.search(name)
    host = name if port is None or _IPV6.fullmatch(name) else name[: port.start()]
    first, second, third = _of_host(host)
    whose = f"{first[:1]}{email[:1]}".upper()
    return first, second, third, f":{port[1][-4:]}" if port else first, whose, f"{place + 1}"


def _of_host(host: str) -> tuple[str, str, str]:
    if _IPV4.fullmatch(host):
        parts = host.split(".")
        return f".{parts[3]}", ".".join(parts[2:])[-5:], parts[0]
    if _IPV6.fullmatch(host):
        groups = [group for group in host.split(":") if group] or ["::"]
        return groups[-1][-4:], groups[0][:4], groups[len(groups) // 2][:4]
    host = host.removeprefix("www.")
    words = re.findall(r"\w+", host) or [host]
    initials, beginning = "".join(word[0] for word in words if word), words[0][:2]
    if " " in host.strip() and len(words) > 1:
        return (words[0][:1] + words[-1][:1]).upper(), initials[:3].upper(), beginning.upper()
    return beginning.upper(), initials[:2].upper(), words[0][:3].upper()
