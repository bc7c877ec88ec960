"""`/metrics` of a real server: what is counted is what happened, whoever may not ask is told nothing, off is off."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import socketio
from prometheus_client.parser import text_string_to_metric_families

from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.waiting import eventually

TOKEN = "a token for the tests"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with running_server(tmp_path_factory.mktemp("measured"), metrics=True) as running:
        running.people(2)
        yield running


def read(server: ServerProcess, headers: dict[str, str] | None = None) -> dict[str, float]:
    """Every sample by its name, and by name and path for calls; all of them say which node."""
    answer = server.get("/metrics", headers=headers or {})
    assert answer.status_code == 200, answer.text
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            assert not sample.name.startswith("presence_") or sample.labels["node"]
            found[
                " ".join(
                    [sample.name, *filter(None, [sample.labels.get("path"), sample.labels.get("status")])]
                )
            ] = sample.value
    return found


def connected(server: ServerProcess, who: Person) -> socketio.Client:
    client = socketio.Client(reconnection=False)
    client.connect(server.url, auth={"token": who.token}, transports=["websocket"], wait_timeout=10)
    return client


def test_it_counts_what_happens(measured: ServerProcess) -> None:
    ann, bob = measured.sign_in("owner@example.org"), measured.sign_in("user2@example.org")
    before = read(measured)
    first, second = connected(measured, ann), connected(measured, bob)
    try:
        assert first.call("status:update", {"status": "busy"})["status"] == "busy"
        eventually(lambda: read(measured)["presence_connections"] == 2)
        after = read(measured)
        assert after["presence_people_connected"] == 2
        assert after["presence_changes_total"] - before["presence_changes_total"] >= 3
        assert after["presence_deliveries_total"] - before["presence_deliveries_total"] >= 2
    finally:
        for client in (first, second):
            client.disconnect()
    assert {"presence_rows_waiting", "presence_jobs_waiting", "presence_passwords_waiting"} <= set(after)
    assert after["process_resident_memory_bytes"] > 10_000_000
    eventually(lambda: read(measured)["presence_loop_lag_seconds_count"] > 0)


def test_calls_are_timed_by_their_route_and_never_by_what_was_typed(measured: ServerProcess) -> None:
    ann = measured.sign_in("owner@example.org")
    measured.get("/api/online-status/1", ann)
    measured.get("/api/online-status/99", ann)
    measured.get("/no/such/place-secret")
    found = read(measured)
    assert found["presence_rest_seconds_count /api/online-status/{userId} 200"] == 1
    assert found["presence_rest_seconds_count /api/online-status/{userId} 404"] == 1
    assert not [name for name in found if "secret" in name]
    assert found["presence_errors_total"] == 0


def test_only_this_machine_may_ask(measured: ServerProcess) -> None:
    forwarded = measured.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (forwarded.status_code, forwarded.json()["error"]["code"]) == (404, "not_found")
    assert measured.post("/metrics").status_code == 404


def test_with_a_token_only_who_has_it_may_ask(
    tmp_path_factory: pytest.TempPathFactory, measured: ServerProcess
) -> None:
    with running_server(tmp_path_factory.mktemp("guarded"), metrics=True, metrics_token=TOKEN) as server:
        assert server.get("/metrics").status_code == 404
        assert server.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404
        assert "presence_connections" in read(server, {"Authorization": f"Bearer {TOKEN}"})
        assert TOKEN not in server.log


def test_off_is_off(shared: ServerProcess) -> None:
    assert shared.get("/metrics").status_code == 404


def test_a_dashboard_asks_for_what_there_is(measured: ServerProcess) -> None:
    board = json.loads(
        (Path(__file__).parents[2] / "packaging" / "deploy" / "grafana-dashboard.json").read_text("utf-8")
    )
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    names = set(re.findall(r"\b(?:presence|process)_\w+", asked))
    told = {name.split()[0] for name in read(measured)} | {"presence_peers_linked"}
    assert names <= told
    assert len(names) > 8


def test_a_request_carries_its_name(shared: ServerProcess) -> None:
    brought = shared.get("/healthz", headers={"X-Request-ID": "from-a.proxy_1"})
    assert brought.headers["X-Request-ID"] == "from-a.proxy_1"
    made = [
        shared.get("/healthz", headers={"X-Request-ID": bad}).headers["X-Request-ID"]
        for bad in ("", "a b", "x" * 65)
    ]
    assert len(set(made)) == 3
    assert all(len(name) == 16 for name in made)
    page = requests.get(shared.url + "/healthz", headers={"Origin": "http://localhost:5000"}, timeout=10)
    assert "X-Request-ID" in page.headers["Access-Control-Expose-Headers"]
