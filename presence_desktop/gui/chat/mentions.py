"""Finds the people a message mentions in its text, so that their names stand out.

Decides which characters are a mention; whom the message mentions is the server's word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from presence_desktop.gui.chat.markdown import Block, Kind, Mark, Span


def marked(
    blocks: Sequence[Block], names: Iterable[tuple[str, bool]], *, everyone: bool
) -> tuple[Block, ...]:
    """The blocks with mentions marked. `names`: the mentioned people's names and whether it is oneself."""
    marks = {name.casefold(): Mark.MENTION_ME if is_me else Mark.MENTION for name, is_me in names}
    if everyone:
        marks["all"] = Mark.MENTION_ME
    if not marks:
        return tuple(blocks)
    longest_first = sorted(marks, key=len, reverse=True)
    some = "|".join(re.escape(name) for name in longest_first)
    pattern = re.compile(rf'@(?:"({some})"|({some}))(?![\w@])', re.IGNORECASE)
    return tuple(
        block if block.kind is Kind.CODE else replace(block, spans=tuple(_split(block.spans, pattern, marks)))
        for block in blocks
    )


def _split(spans: Sequence[Span], pattern: re.Pattern[str], marks: dict[str, Mark]) -> Iterator[Span]:
    for span in spans:
        if Mark.CODE in span.mark or span.link:
            yield span
            continue
        done = 0
        for match in pattern.finditer(span.text):
            if match.start() > done:
                yield replace(span, text=span.text[done : match.start()])
            name = match.group(1) or match.group(2)
            mark = span.mark | marks.get(name.casefold(), Mark.MENTION)
            yield replace(span, text=f"@{name}", mark=mark)
            done = match.end()
        if done < len(span.text):
            yield replace(span, text=span.text[done:])
