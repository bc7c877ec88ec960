"""Who is typing: others, as told, for 6 s; and how often it is told that oneself is."""

from presence_desktop.protocol import limits

LEASE_MS = limits.TYPING_SECONDS * 1000
REPEAT_MS = LEASE_MS // 2


class Typists:
    """Who types in which conversation. Times are monotonic ms."""

    def __init__(self) -> None:
        self._until: dict[int, dict[int, int]] = {}
        self._told: dict[int, int] = {}

    def hear(self, conversation_id: int, user_id: int, typing: bool, now: int) -> bool:
        """Somebody types, or no longer does; whether that is news."""
        here = self._until.setdefault(conversation_id, {})
        was = user_id in here
        if typing:
            here[user_id] = now + LEASE_MS
        else:
            here.pop(user_id, None)
        if not here:
            del self._until[conversation_id]
        return was != typing

    def of(self, conversation_id: int) -> tuple[int, ...]:
        """Who types there, first come first."""
        return tuple(self._until.get(conversation_id, ()))

    def tick(self, now: int) -> list[int]:
        """Who was not heard again types no longer; in which conversations that is news."""
        changed = []
        for conversation_id, here in list(self._until.items()):
            silent = [user_id for user_id, until in here.items() if until <= now]
            for user_id in silent:
                self.hear(conversation_id, user_id, typing=False, now=now)
            if silent:
                changed.append(conversation_id)
        return changed

    def forget(self) -> list[int]:
        """The link is lost: nothing is known; in which conversations that is news."""
        changed = list(self._until)
        self._until.clear()
        self._told.clear()
        return changed

    def typed(self, conversation_id: int, on: bool, now: int) -> bool:
        """Oneself types, or the text is empty again; whether that is to be told now."""
        told = self._told.get(conversation_id)
        if not on:
            self._told.pop(conversation_id, None)
            return told is not None and now - told < LEASE_MS
        if told is not None and now - told < REPEAT_MS:
            return False
        self._told[conversation_id] = now
        return True

    def sent(self, conversation_id: int) -> None:
        """A message went out: by that one no longer types."""
        self._told.pop(conversation_id, None)
