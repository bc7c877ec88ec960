"""Everything that makes a server one of several, joined: the cluster, its link through Redis, the watch beside it.

Loaded only where Redis is configured.
"""

from msgspec import Struct

from presence_desktop.server.services.cluster.peers import Cluster
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.services.cluster.watch import ClusterWatch
from presence_desktop.server.services.ports import ClaimRows, Clock
from presence_desktop.server.stores.redis.keys import Keys
from presence_desktop.server.stores.redis.presence import Lives, PresenceRedis

LONGEST_LOOK = 1.0
"""How often (s) is looked for silent nodes, at least."""


class RedisSettings(Struct, frozen=True):
    """Where Redis is, and how long what lives; `refresh` (s) is how often heartbeats renew an entry."""

    url: str
    first_word: str
    lives: Lives
    refresh: float


class RedisCluster:
    """The part of the server that knows the others. `start` it after the presence service, `stop` it before."""

    def __init__(
        self, settings: RedisSettings, presence: SharedPresence, *, claims: ClaimRows, clock: Clock, node: str
    ) -> None:
        lives = settings.lives
        self._cluster = Cluster(
            presence, node=node, clock=clock, lease=round(lives.lease * 1000), refresh=settings.refresh
        )
        presence.join(self._cluster)
        self._link = PresenceRedis(settings.url, self._cluster, Keys(settings.first_word), lives)
        self._watch = ClusterWatch(
            self._cluster,
            presence,
            claims=claims,
            clock=clock,
            clear_up=self._link.clear_up,
            period=min(LONGEST_LOOK, lives.beat / 2),
            settling=2 * lives.beat,
        )

    @property
    def linked(self) -> bool:
        """Whether this server and the others know of each other now."""
        return self._cluster.linked

    async def start(self) -> None:
        """Load the others' picture; without Redis, go on alone and keep trying."""
        await self._link.start()
        self._watch.start()

    async def stop(self) -> None:
        """Tell the others that this server and its people go."""
        await self._watch.stop()
        await self._link.stop()
