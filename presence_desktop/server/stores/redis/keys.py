"""The names of everything that is kept in Redis, and how each lives.

    presence:nodes                   set: the nodes that were here and said no goodbye
    presence:node:{node}             a node's lease: its newest message's number, clock and version; empty while its
                                     first picture is being written
    presence:index:{node}            set: the people the node contributes to
    presence:next:{node}             set: the same of a picture that is being written; it becomes the index
    presence:entry:{node}:{user}     one contribution, for the life of an entry; heartbeats renew it
    presence:chosen                  sorted set: who chose lately, by the stamp of the choice
    presence:choice:{user}           the newest choice of one person, for as long
    presence:changes                 the channel of all messages about presence
    presence:conversations           the channel of what happens in conversations

The word before the first colon is a setting, so that several installations can share one Redis. Pub/Sub knows no
database numbers: two installations on two numbers need two words as well.
"""

from msgspec import Struct


class Keys(Struct, frozen=True):
    """The names under one first word."""

    first: str

    @property
    def nodes(self) -> str:
        """The set of nodes."""
        return f"{self.first}:nodes"

    @property
    def channel(self) -> str:
        """The channel of messages."""
        return f"{self.first}:changes"

    @property
    def conversations(self) -> str:
        """The channel of what happens in conversations."""
        return f"{self.first}:conversations"

    def node(self, node: str) -> str:
        """A node's lease."""
        return f"{self.first}:node:{node}"

    def index(self, node: str) -> str:
        """The people a node contributes to."""
        return f"{self.first}:index:{node}"

    def next(self, node: str) -> str:
        """What becomes the index when the picture is whole."""
        return f"{self.first}:next:{node}"

    def entry(self, node: str, user_id: int) -> str:
        """One contribution."""
        return f"{self.entries(node)}{user_id}"

    def entries(self, node: str) -> str:
        """How the names of a node's contributions begin."""
        return f"{self.first}:entry:{node}:"

    @property
    def chosen(self) -> str:
        """Who chose lately."""
        return f"{self.first}:chosen"

    def choice(self, user_id: int) -> str:
        """What one person chose."""
        return f"{self.first}:choice:{user_id}"
