"""Reads a message's Markdown into flat blocks of marked text: no HTML, nothing that loads, only links that are safe.

Decides what of Markdown counts: bold, italic, struck, code, code blocks, quotes, lists, tasks, headings, links.
Everything else is shown as it was typed. How blocks look is `document`'s business. Pure: no Qt.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, Flag, auto
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:  # loaded with the first message that needs it
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OPEN, DONE = "☐", "☑"
"""Markers of an item that is a task: `- [ ]` and `- [x]`."""
SCHEMES = frozenset({"http", "https", "mailto"})
"""What a link may lead to."""
_DEEPEST = 12
"""Quotes and lists inside each other; deeper ones are text."""
_UNUSED = ("html_block", "html_inline", "reference", "lheading", "code", "entity", "image")
_SIGNS = re.compile(r"[*_`~>#\[\]\\<]|://|mailto:|^\s*[-+]\s|^\s*\d{1,9}[.)]\s|^\s*-{3,}\s*$", re.MULTILINE)
"""Without one of these a text is its own paragraphs, and no parser is asked."""
_URL = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"'`]+", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|mailto:|www\.)(?P<place>[^\s/?#]*)"
    r"|^\s*(?P<whole>(?:[^\s/@]+@)?[^\s/@.]+(?:\.[^\s/@.]+)+)(?:/\S*)?\s*$",
    re.IGNORECASE,
)
"""What a reader takes for the address that a link leads to."""
_TRAILING = ".,;:!?…'\"*_~。，、"
_SPLIT = "\u205f"
"""A space that nobody types; it is taken out again."""
_STUCK = re.compile(r"[^\w\s*]\*\*[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
_TASK = re.compile(r"\[([ xX])\] +")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f]")


class Mark(Flag):
    """How a piece of text stands out."""

    NONE = 0
    BOLD = auto()
    ITALIC = auto()
    STRUCK = auto()
    CODE = auto()
    MENTION = auto()
    MENTION_ME = auto()
    NOTE = auto()
    """The app's own words: edited, deleted."""


class Kind(Enum):
    """The kinds of blocks."""

    PARAGRAPH = auto()
    HEADING = auto()
    CODE = auto()
    RULE = auto()


class Span(Struct, frozen=True):
    """A piece of text of one look; line breaks within are `\\n`."""

    text: str
    mark: Mark = Mark.NONE
    link: str | None = None
    """Where it leads, checked by `safe_link`."""


class Block(Struct, frozen=True):
    """A paragraph with its place: how deep in quotes and lists it stands, what is written before it."""

    kind: Kind
    spans: tuple[Span, ...]
    quotes: int = 0
    indent: int = 0
    marker: str = ""
    """`•`, `3.`, `OPEN` or `DONE` in front of a list's item; empty for what goes on in one."""
    language: str = ""
    """Of code, as the writer called it."""
    tight: bool = False
    """An item right below another one of the same list."""


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a message."""
    if not _SIGNS.search(text):
        parts = re.split(r"\n\s*\n", text.strip("\n"))
        return tuple(Block(Kind.PARAGRAPH, (Span(part.strip("\n")),)) for part in parts if part.strip())
    return tuple(_blocks(_parser().parse(_closed(text))))


def addresses(blocks: Sequence[Block]) -> list[str]:
    """Where the links of a text lead, each once."""
    return list(dict.fromkeys(span.link for block in blocks for span in block.spans if span.link))


def plain(blocks: Sequence[Block]) -> str:
    """The text without its marks, in one line: for quotes, lists and screen readers."""
    words = (
        " ".join(filter(None, (block.marker, "".join(span.text for span in block.spans)))) for block in blocks
    )
    return " ".join(" ".join(words).split())


def safe_link(target: str) -> str | None:
    """The target if it may be opened: http, https or mailto, without control characters; else None."""
    cleaned = _CONTROLS.sub("", target)
    try:
        parts = urlsplit(cleaned)
        has_place = bool(parts.hostname) if parts.scheme != "mailto" else bool(parts.path)
    except ValueError:
        return None
    if cleaned != target.strip() or parts.scheme not in SCHEMES or not has_place:
        return None
    return cleaned


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    options = {"html": False, "breaks": True, "maxNesting": _DEEPEST * 2}
    return MarkdownIt("commonmark", options).enable("strikethrough").disable(list(_UNUSED))


def _closed(text: str) -> str:
    """The text with a sign after each closing `**` between a bracket and a Korean (Chinese, Japanese) letter.

    Words are not parted by spaces there, so that CommonMark takes `**이름(필수)**은` for no bold text at all.
    """
    if "**" not in text or not _STUCK.search(text):
        return text
    return "\n".join(map(_closed_line, text.split("\n")))


def _closed_line(line: str) -> str:
    parts = line.split("**")
    for at in range(2, len(parts), 2):
        if _STUCK.match(parts[at - 1][-1:] + "**" + parts[at][:1]):
            parts[at] = _SPLIT + parts[at]
    return "**".join(parts)


class _Place:
    """Where in quotes and lists the reading is."""

    def __init__(self) -> None:
        self.quotes = 0
        self.lists: list[int | None] = []
        """The next number of each list one is in; None: of dots."""
        self.marker = ""
        self.tight = False

    def block(self, kind: Kind, spans: tuple[Span, ...], language: str = "") -> Block:
        marker, self.marker = self.marker, ""
        tight, self.tight = self.tight, False
        return Block(kind, spans, self.quotes, len(self.lists), marker, language, tight)

    def take_task(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """What is left of an item's words: a box to tick at their beginning becomes its marker."""
        first = spans[0] if spans else Span("")
        box = _TASK.match(first.text) if not (first.mark or first.link) else None
        if box is None:
            return spans
        self.marker = OPEN if box[1] == " " else DONE
        rest = first.text[box.end() :]
        return (replace(first, text=rest), *spans[1:]) if rest else spans[1:]

    def item(self, first: bool) -> None:
        number = self.lists[-1]
        self.marker = "•" if number is None else f"{number}."
        self.tight = not first or len(self.lists) > 1
        if number is not None:
            self.lists[-1] = number + 1


def _blocks(tokens: "Sequence[Token]") -> Iterator[Block]:
    place, heading = _Place(), False
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.type == "inline":
            kind = Kind.HEADING if heading else Kind.PARAGRAPH
            spans = tuple(_honest(_joined(_spans(token.children or ()))))
            if place.marker:
                spans = place.take_task(spans)
            if spans:
                yield place.block(kind, spans)
        elif token.type == "fence":
            yield place.block(
                Kind.CODE, (Span(token.content.rstrip("\n").replace(_SPLIT, "")),), token.info.strip()
            )
        elif token.type == "hr":
            yield place.block(Kind.RULE, ())
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        else:
            _walk(place, token, before)


def _walk(place: _Place, token: "Token", before: "Token | None") -> None:
    if token.type in ("blockquote_open", "blockquote_close"):
        place.quotes += token.nesting
    elif token.type == "bullet_list_open":
        place.lists.append(None)
    elif token.type == "ordered_list_open":
        place.lists.append(int(token.attrGet("start") or 1))
    elif token.type in ("bullet_list_close", "ordered_list_close"):
        place.lists.pop()
    elif token.type == "list_item_open":
        place.item(first=before is None or before.type.endswith("list_open"))


_OPENING = {"strong": Mark.BOLD, "em": Mark.ITALIC, "s": Mark.STRUCK}


def _spans(tokens: "Sequence[Token]") -> Iterator[Span]:
    mark, link = Mark.NONE, None
    for token in tokens:
        name, _, way = token.type.rpartition("_")
        if name in _OPENING:
            mark = mark | _OPENING[name] if way == "open" else mark & ~_OPENING[name]
        elif name == "link":
            link = safe_link(str(token.attrGet("href") or "")) if way == "open" else None
        elif token.type == "code_inline":
            yield Span(token.content, mark | Mark.CODE, link)
        elif token.type in ("softbreak", "hardbreak"):
            yield Span("\n", mark, link)
        elif token.content:
            yield from _linked(Span(token.content, mark, link))


def _linked(span: Span) -> Iterator[Span]:
    """Addresses in the text become links."""
    if span.link is not None:
        yield span
        return
    done = 0
    for match in _URL.finditer(span.text):
        address = _without_trailing(match.group())
        target = safe_link(address)
        if target is None:
            continue
        if match.start() > done:
            yield replace(span, text=span.text[done : match.start()])
        yield replace(span, text=address, link=target)
        done = match.start() + len(address)
    if done < len(span.text):
        yield replace(span, text=span.text[done:])


def _without_trailing(address: str) -> str:
    """An address without the full stop or bracket of the sentence around it."""
    while address:
        if address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    last: Span | None = None
    for raw in spans:
        span = replace(raw, text=raw.text.replace(_SPLIT, "")) if _SPLIT in raw.text else raw
        if last is not None and (last.mark, last.link) == (span.mark, span.link):
            last = replace(last, text=last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _honest(spans: Iterator[Span]) -> Iterator[Span]:
    """A link whose words are another address than the one it leads to says so behind them."""
    for link, same in groupby(spans, key=lambda span: span.link):
        pieces = list(same)
        yield from pieces
        if link is not None and _misleads("".join(piece.text for piece in pieces), link):
            yield Span(f" ({_place(link)})", link=link)


def _misleads(words: str, link: str) -> bool:
    said = _ADDRESS.search(words)
    if said is None:
        return False
    place = said["place"] if said["place"] is not None else said["whole"]
    return _ascii(place) != _ascii(_place(link))


def _place(link: str) -> str:
    parts = urlsplit(link)
    return parts.path if parts.scheme == "mailto" else parts.hostname or ""


def _ascii(place: str) -> str:
    """A host or an address in the form in which two are the same; without its port."""
    plain_place = re.sub(r":\d+$", "", place.lower()).removeprefix("www.")
    try:
        return plain_place.encode("idna").decode()
    except UnicodeError:
        return plain_place
