"""Three servers, messages in any order, doubled, lost, servers killed and started: in the end all show the same.

The truth is worked out anew from what was done, in the plainest way; every server must show it, and whatever it
published of a person on the way there must have had versions that only grow.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from presence_desktop.protocol.events import CustomStatus, DeviceState, StatusUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.presence import Rules
from tests.fakes.bus import LEASE, Bus, Server
from tests.fakes.presence import HandClock

USERS = st.integers(1, 2)
NODES = st.integers(0, 2)
INDEX = st.integers(0, 50)
STATES = st.sampled_from([None, DeviceState(idle_seconds=400), DeviceState(idle_seconds=1, locked=True)])
STATUSES = st.sampled_from(list(Status))
RULES = Rules(entry_life=10**6)


@dataclass
class Truth:
    """What was done: the devices by node (whether active), the last choice."""

    devices: dict[str, bool] = field(default_factory=dict)
    claim: Status | None = None
    text: str | None = None

    def shown(self) -> tuple[str, str | None]:
        if not self.devices or self.claim is Status.OFFLINE:
            return "offline", None
        if self.claim is not None:
            return self.claim.value, self.text
        return ("online" if any(self.devices.values()) else "away"), self.text


class ThreeServers(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.bus = Bus()
        self.database: dict[int, tuple[int, Choices | None]] = {}
        self.born = 0
        self.servers = [self._new() for _ in range(3)]
        self.truth = {user_id: Truth() for user_id in (1, 2)}
        for server in self.servers:
            server.settle()

    def _new(self) -> Server:
        self.born += 1
        return Server(self.bus, f"n{self.born}", self.clock, self.database, RULES)

    # --- people

    @rule(user=USERS, node=NODES, state=STATES, graceful=st.booleans())
    def come_or_go(self, user: int, node: int, state: DeviceState | None, graceful: bool) -> None:
        server, devices = self.servers[node], self.truth[user].devices
        if devices.pop(server.node, None) is None:
            server.presence.connect(user, f"s{user}", state=state)
            devices[server.node] = state is None
            return
        server.presence.disconnect(user, f"s{user}", graceful=graceful)
        if not graceful:
            self.pass_time(6)

    @rule(user=USERS, node=NODES, state=STATES)
    def heartbeat(self, user: int, node: int, state: DeviceState | None) -> None:
        server = self.servers[node]
        if server.node in self.truth[user].devices:
            server.presence.heartbeat(user, f"s{user}", state or DeviceState(idle_seconds=0))
            self.truth[user].devices[server.node] = state is None

    @rule(user=USERS, node=NODES, status=STATUSES)
    def choose(self, user: int, node: int, status: Status) -> None:
        """Choices made one after the other by the clock, each seen by its own server only."""
        self.pass_time(1)
        self._take_all_choices_in(node)
        self.servers[node].presence.claim(user, StatusUpdate(status=status))
        self.truth[user].claim = None if status is Status.ONLINE else status

    @rule(user=USERS, node=NODES, text=st.sampled_from(["lunch", "train", None]))
    def describe(self, user: int, node: int, text: str | None) -> None:
        self.pass_time(1)
        self._take_all_choices_in(node)
        self.servers[node].presence.custom(user, CustomStatus(text=text))
        self.truth[user].text = text

    def _take_all_choices_in(self, node: int) -> None:
        """What is chosen replaces the whole of what was chosen: the person saw it before they chose."""
        for server in self.servers:
            server.flush()
        for chosen in self.bus.chosen.values():
            self.servers[node].presence.take_chosen(chosen)

    @rule(seconds=st.integers(1, 40))
    def pass_time(self, seconds: int) -> None:
        """Time passes for all; nobody is silent for long."""
        self.clock.wait(seconds * 1000)
        for server in self.servers:
            server.flush()
            server.presence.pass_time()
            self._hear_all_again(server)

    def _hear_all_again(self, server: Server) -> None:
        for node in server.cluster.peers:
            server.cluster._silence.heard(node)

    # --- the net

    @rule(node=NODES)
    def flush(self, node: int) -> None:
        self.servers[node].flush()

    @rule(node=NODES, index=INDEX, keep=st.booleans())
    def deliver(self, node: int, index: int, keep: bool) -> None:
        self.servers[node].receive(index, keep=keep)

    @rule(node=NODES)
    def read_pictures(self, node: int) -> None:
        self.servers[node].read()

    @rule(node=NODES)
    def deliver_all(self, node: int) -> None:
        for server in self.servers:
            server.flush()
        self.servers[node].settle()

    @rule(node=NODES, index=INDEX)
    def lose(self, node: int, index: int) -> None:
        self.servers[node].lose(index)

    @rule(node=NODES, deaf=NODES)
    def lose_the_newest(self, node: int, deaf: int) -> None:
        self.servers[node].flush()
        self.servers[deaf].lose(-1)

    @rule(node=NODES)
    def cut_off_and_link_again(self, node: int) -> None:
        self.servers[node].cluster.down()
        self.servers[node].link()

    @rule(node=NODES, killed=st.booleans())
    def end(self, node: int, killed: bool) -> None:
        """Its devices are gone, another one starts in its place. Before a kill -9 there was a last tick."""
        ended = self.servers[node]
        ended.flush()
        if not killed:
            self.bus.send(ended.cluster.outgoing(leaving=True))
        self.bus.forget(ended.node)
        for truth in self.truth.values():
            truth.devices.pop(ended.node, None)
        self.servers[node] = self._new()

    # --- what must hold

    @invariant()
    def versions_never_go_back(self) -> None:
        for server in self.servers:
            newest: dict[int, int] = {}
            for change in server.changes:
                assert change.restated or change.version > newest.get(change.user_id, 0)
                newest[change.user_id] = change.version

    @rule()
    def all_agree_after_all_linked_again(self) -> None:
        """The dead are taken down by their silence, and everybody shows what is true."""
        for server in self.servers:
            server.cluster.down()
            server.link()
        for server in self.servers:
            server.settle()
        self._all_agree()

    @rule()
    def all_agree_after_what_was_lost_is_noticed(self) -> None:
        """The next message of everybody shows each gap."""
        for server in self.servers:
            server.flush()
        for server in self.servers:
            server.settle()
        self._all_agree()

    def _all_agree(self) -> None:
        alive = {server.node for server in self.servers}
        self.clock.wait(LEASE + 1)
        for server in self.servers:
            for node in alive & set(server.cluster.peers):
                server.cluster._silence.heard(node)
            server.cluster._silence._looked = self.clock.ticks()
            server.cluster.look()
            server.presence.pass_time()
            assert set(server.cluster.peers) == alive - {server.node}
        for user_id, truth in self.truth.items():
            for server in self.servers:
                assert server.shown(user_id) == truth.shown(), (user_id, server.node)

    def teardown(self) -> None:
        self.all_agree_after_all_linked_again()
        self.versions_never_go_back()


TestThreeServers = ThreeServers.TestCase
TestThreeServers.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
