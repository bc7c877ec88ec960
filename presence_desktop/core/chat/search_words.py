"""Reads what somebody types into the search: words to be found, and what narrows the search.

`from:name`, `in:room`, `before:2026-11-23`, `after:2026-11-23`; a name with blanks in quotes: `from:"Mina Kim"`. Days
are those of this computer: `before` a day ends where it begins, `after` a day begins where it ends.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.errors import Code, Refused

_FILTER = re.compile(r'(?<!\S)(from|in|before|after):(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_DAY = "%Y-%m-%d"

Find = Callable[[str], int | None]


def read_search(text: str, find_person: Find, find_talk: Find, cursor: str | None = None) -> SearchQuery:
    """The query. `find_person` gives a user id, `find_talk` a conversation id for a name, or None.

    Raises Refused: UNKNOWN_USER, UNKNOWN_CONVERSATION; INVALID_TEXT for no words or too many; INVALID_PAYLOAD for
    what is no day.
    """
    filters = {name.lower(): quoted or plain for name, quoted, plain in _FILTER.findall(text)}
    words = " ".join(_FILTER.sub(" ", text).split())
    if not words or len(words) > limits.SEARCH_LENGTH:
        raise Refused(Code.INVALID_TEXT)
    return SearchQuery(
        q=words,
        conversation_id=_found(filters.get("in"), find_talk, Code.UNKNOWN_CONVERSATION),
        from_id=_found(filters.get("from"), find_person, Code.UNKNOWN_USER),
        before=_day(filters.get("before"), 0),
        after=_day(filters.get("after"), 1),
        cursor=cursor,
    )


def _found(name: str | None, find: Find, missing: Code) -> int | None:
    if name is None:
        return None
    found = find(name)
    if found is None:
        raise Refused(missing)
    return found


def _day(text: str | None, later: int) -> int | None:
    """Where the day begins, so many days later."""
    if text is None:
        return None
    try:
        begins = datetime.strptime(text, _DAY) + timedelta(days=later)
        return round(begins.timestamp() * 1000)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused(Code.INVALID_PAYLOAD) from error
