"""A million messages to search in: English and Korean by Zipf's law, with words of known frequency strewn in.

200 conversations, some busy and most not; person 1 is in all of them, person 2 in the three quietest. Built once, with
the product's own schema and the product's own idea of what is indexed, and kept in `out/bench`.
"""

import asyncio
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from presence_desktop.server.domain.searching import asian_pairs
from presence_desktop.server.stores.sql.migrations import versions
from tests.bench.contenders import BUILT
from tests.bench.minted import mint

MESSAGES = 1_000_000
CONVERSATIONS = 200
PEOPLE = 50
QUIET = range(CONVERSATIONS - 2, CONVERSATIONS + 1)
START = 1_600_000_000_000
STEP = 60_000
"""One message a minute."""
STREWN = {
    "quokka": 10, "marmalade": 1_000, "shipment": 10_000, "deadline": 100_000,
    "오로라": 10, "김치찌개": 1_000, "계약서": 10_000, "회의": 100_000, "귤": 500, "qx": 300,
}  # fmt: skip
"""How many messages hold these words, besides what chance brings."""
_ROWS = 20_000
_SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초기니디리미비시이지치"
    "은는을를에서한인상정공업무실장팀원일월간전후"
)
_STARTS, _MIDDLES, _ENDS = "bcdfghklmnprstw", "aeiou", "nrtlsmdk"
_PARTICLES = ("", "", "은", "는", "이", "가", "을", "를", "에서", "으로", "입니다", "했어요")


def built() -> tuple[Path, list[str]]:
    """A data folder with all that, ready to be served, and the tokens of its people."""
    names = sorted(Path(next(iter(versions.__path__))).glob("v*.py"))
    code = b"".join(path.read_bytes() for path in (*names, Path(__file__)))
    data = BUILT / f"chat-{sha256(code).hexdigest()[:12]}"
    if not (data / "complete").exists():
        for old in BUILT.glob("chat-*"):
            shutil.rmtree(old)
        tokens = mint(data, PEOPLE)
        (data / "tokens").write_text("\n".join(tokens))
        began = time.monotonic()
        asyncio.run(asyncio.to_thread(_fill, data / "presence.db"))
        (data / "complete").write_text(f"{time.monotonic() - began:.0f} s")
    return data, (data / "tokens").read_text().split()


def _fill(path: Path) -> None:
    chance = random.Random(7)
    with sqlite3.connect(path) as database:
        for pragma in ("synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            database.execute(f"PRAGMA {pragma}")
        _conversations(database)
        last = [0] * (CONVERSATIONS + 1)
        rows: list[tuple[object, ...]] = []
        database.execute("CREATE TEMP TABLE pairs (gram TEXT, number INTEGER)")
        pairs: list[tuple[str, int]] = []
        for number, text in enumerate(_texts(chance), 1):
            place = _place(chance)
            last[place] += 1
            sender = chance.randrange(1, PEOPLE + 1)
            at = START + number * STEP
            rows.append((number, str(UUID(int=number)), place, last[place], last[place], sender, text, at))
            pairs += [(pair, number) for pair in asian_pairs(text)]
            if len(rows) == _ROWS or number == MESSAGES:
                _write(database, rows)
                database.executemany("INSERT INTO temp.pairs VALUES (?, ?)", pairs)
                rows.clear()
                pairs.clear()
        database.execute(  # in its order, so that the index grows at its end
            "INSERT INTO message_grams (gram, number) SELECT gram, number FROM temp.pairs ORDER BY 1, 2"
        )
        database.executemany(
            "UPDATE conversations SET last_seq = ?1, last_change = ?1 WHERE id = ?2",
            [(last[one], one) for one in range(1, CONVERSATIONS + 1)],
        )


def _conversations(database: sqlite3.Connection) -> None:
    database.executemany(
        "INSERT INTO conversations (id, kind, title, topic, visibility, version, created_at, made_as)"
        " VALUES (?, 'room', ?, '', 'private', 1, ?, ?)",
        [(one, f"room {one}", START, f"bench:{one}") for one in range(1, CONVERSATIONS + 1)],
    )
    people = [(one, 1) for one in range(1, CONVERSATIONS + 1)] + [(one, 2) for one in QUIET]
    database.executemany(
        "INSERT INTO conversation_members (conversation_id, user_id, role, joined_at)"
        f" VALUES (?, ?, 'member', {START})",
        people,
    )


def _write(database: sqlite3.Connection, rows: Sequence[tuple[object, ...]]) -> None:
    database.executemany(
        "INSERT INTO messages (number, id, conversation_id, seq, change, sender_id, text, sent_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    database.executemany(
        "INSERT INTO message_texts (rowid, text) VALUES (?, ?)", [(row[0], row[6]) for row in rows]
    )
    database.commit()


def _place(chance: random.Random) -> int:
    """A conversation: the first one has a tenth of all messages and more, the last ones a few hundred."""
    return min(CONVERSATIONS, 1 + int(CONVERSATIONS * chance.random() ** 2.2))


def _texts(chance: random.Random) -> Iterator[str]:
    english, korean = _english(chance), _korean(chance)
    strewn = dict.fromkeys(range(MESSAGES), "")
    for word, times in STREWN.items():
        for number in chance.sample(range(MESSAGES), times):
            strewn[number] += f" {word}"
    for number in range(MESSAGES):
        words = _sentence(chance, *(korean if chance.random() < 0.5 else english))
        yield words + strewn.pop(number)


def _sentence(chance: random.Random, words: Sequence[str], weights: Sequence[float]) -> str:
    length = min(60, 1 + int(chance.expovariate(1 / 8)))
    return " ".join(chance.choices(words, cum_weights=weights, k=length))


def _english(chance: random.Random) -> tuple[list[str], list[float]]:
    words = {
        "".join(
            chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
            for _ in range(chance.choice((1, 1, 2, 3)))
        )
        for _ in range(20_000)
    }
    return _zipf(sorted(words, key=lambda word: (len(word), word)))


def _korean(chance: random.Random) -> tuple[list[str], list[float]]:
    words = {
        "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 2, 3, 4)))) + chance.choice(_PARTICLES)
        for _ in range(20_000)
    }
    return _zipf(sorted(words, key=lambda word: (len(word), word)))


def _zipf(words: list[str]) -> tuple[list[str], list[float]]:
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))
