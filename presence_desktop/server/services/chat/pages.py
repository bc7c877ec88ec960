"""How much of what was asked for one answer carries: as many messages as were asked, unless they are long.

A page that takes a slow link many seconds keeps everything else from it, pings too. So a page ends where its texts
have reached a size; there are `more` then.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from presence_desktop.protocol.chat import Window
from presence_desktop.server.domain.messages import Letter
from presence_desktop.server.services.chat.ports import Stretch

SIZE = 100_000
"""Characters of the messages on one page, about; one message is always there."""
BESIDE = 300
"""What a message costs beside its texts, in characters, and each of its files."""


def fitting(stretch: Stretch, window: Window) -> Stretch:
    """What fits of a window: the messages nearest to the place that was asked for."""
    letters = stretch.letters
    if window.after is not None:
        return forward(stretch)
    if window.around is None:
        first, _ = _reach(letters, len(letters) - 1)
        return replace(stretch, letters=letters[first:], more=stretch.more or first > 0)
    middle = next((at for at, letter in enumerate(letters) if letter.seq >= window.around), len(letters) - 1)
    first, last = _reach(letters, middle)
    return replace(stretch, letters=letters[first : last + 1], more=stretch.more or last + 1 < len(letters))


def forward(stretch: Stretch) -> Stretch:
    """What fits from its beginning on."""
    _, last = _reach(stretch.letters, 0)
    letters = stretch.letters[: last + 1]
    return replace(stretch, letters=letters, more=stretch.more or len(letters) < len(stretch.letters))


def _reach(letters: Sequence[Letter], start: int) -> tuple[int, int]:
    """The first and the last that fit, growing from `start` to both sides in turn."""
    if not letters:
        return 0, -1
    first = last = start
    left = SIZE - _size(letters[start])
    grown = True
    while grown:
        grown = False
        if last + 1 < len(letters) and _size(letters[last + 1]) <= left:
            last += 1
            left -= _size(letters[last])
            grown = True
        if first > 0 and _size(letters[first - 1]) <= left:
            first -= 1
            left -= _size(letters[first])
            grown = True
    return first, last


def _size(letter: Letter) -> int:
    quoted = 0 if letter.reply_to is None else len(letter.reply_to.text)
    reacted = sum(len(who) for _, who in letter.reactions)
    return len(letter.text) + quoted + 10 * reacted + BESIDE * (1 + len(letter.files))
