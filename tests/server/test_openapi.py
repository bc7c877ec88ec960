"""REST is held to its own OpenAPI document, and the page that shows it needs nobody else."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import ValidationError
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from presence_desktop.server.transport.rest.admin import AuditLines, People
from presence_desktop.server.transport.rest.messages import ChangesPage, HistoryPage
from presence_desktop.server.transport.rest.paths import NewestFirst
from presence_desktop.server.transport.rest.search import Asked
from presence_desktop.server.transport.rest.users import Page
from tests.fakes.server_process import Person, ServerProcess

OPERATIONS = [
    ("POST", "/api/auth/login"),
    ("POST", "/api/auth/register"),
    ("POST", "/api/auth/refresh"),
    ("POST", "/api/auth/logout"),
    ("GET", "/api/online-status"),
    ("GET", "/api/online-status/{userId}"),
    ("POST", "/api/online-status/heartbeat"),
    ("GET", "/api/online-status/stats/summary"),
    ("GET", "/api/users"),
    ("POST", "/api/invites"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
]
OF_CONVERSATIONS = [
    ("GET", "/api/conversations"),
    ("POST", "/api/conversations/direct"),
    ("GET", "/api/conversations/rooms"),
    ("POST", "/api/conversations/rooms"),
    ("GET", "/api/conversations/{conversationId}"),
    ("PATCH", "/api/conversations/{conversationId}"),
    ("POST", "/api/conversations/{conversationId}/members"),
    ("PATCH", "/api/conversations/{conversationId}/members/{userId}"),
    ("DELETE", "/api/conversations/{conversationId}/members/{userId}"),
    ("GET", "/api/conversations/{conversationId}/messages"),
    ("POST", "/api/conversations/{conversationId}/messages"),
    ("PATCH", "/api/conversations/{conversationId}/messages/{messageId}"),
    ("DELETE", "/api/conversations/{conversationId}/messages/{messageId}"),
    ("PUT", "/api/conversations/{conversationId}/messages/{messageId}/reactions/{emoji}"),
    ("DELETE", "/api/conversations/{conversationId}/messages/{messageId}/reactions/{emoji}"),
    ("PUT", "/api/conversations/{conversationId}/messages/{messageId}/pin"),
    ("DELETE", "/api/conversations/{conversationId}/messages/{messageId}/pin"),
    ("GET", "/api/conversations/{conversationId}/changes"),
    ("GET", "/api/conversations/{conversationId}/pins"),
    ("POST", "/api/conversations/{conversationId}/marks"),
    ("GET", "/api/search"),
    ("POST", "/api/uploads"),
    ("GET", "/api/uploads/{id}"),
    ("PUT", "/api/uploads/{id}"),
    ("DELETE", "/api/uploads/{id}"),
    ("GET", "/api/files/{id}"),
    ("GET", "/api/files/{id}/thumbnail"),
    ("PUT", "/api/users/me/avatar"),
    ("DELETE", "/api/users/me/avatar"),
    ("GET", "/api/avatars/{name}"),
]
"""What people may say of rooms, messages and files is more than a schema can tell: good data may still be refused."""
OF_ADMINISTRATION = [
    ("POST", "/api/auth/password"),
    ("GET", "/api/auth/devices"),
    ("DELETE", "/api/auth/devices/{deviceId}"),
    ("GET", "/api/admin/people"),
    ("GET", "/api/admin/audit"),
    ("GET", "/api/admin/invites"),
    ("POST", "/api/admin/invites"),
    ("DELETE", "/api/admin/invites/{inviteId}"),
    ("GET", "/api/admin/server"),
    ("PUT", "/api/admin/server/name"),
]
DONE_TO_PEOPLE = [
    ("POST", "/api/admin/people/{userId}/password"),
    ("POST", "/api/admin/people/{userId}/disable"),
    ("POST", "/api/admin/people/{userId}/enable"),
    ("POST", "/api/admin/people/{userId}/role"),
    ("POST", "/api/admin/backup"),
]
"""Not to be tried at random: it takes the role from whoever asks, the password from others, and room on the disk."""
PAGES = {
    "/api/users": Page,
    "/api/admin/people": People,
    "/api/admin/audit": AuditLines,
    "/api/admin/invites": NewestFirst,
    "/api/conversations/{conversationId}/changes": ChangesPage,
    "/api/conversations/{conversationId}/messages": HistoryPage,
    "/api/search": Asked,
}
SIGNS_OUT = ("POST", "/api/auth/logout")


@pytest.fixture(scope="module")
def document(shared: ServerProcess) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{shared.url}/openapi.json")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS + OF_CONVERSATIONS + OF_ADMINISTRATION, ids=" ".join)
def test_every_answer_is_one_that_the_document_has(
    document: BaseSchema, ann: Person, operation: tuple[str, str], mode: GenerationMode
) -> None:
    method, path = operation
    found = document[path][method]
    headers = {} if operation == SIGNS_OUT else ann.headers

    strict = operation in OPERATIONS
    unsaid = [] if strict else [positive_data_acceptance]

    @settings(max_examples=40 if strict else 10, suppress_health_check=list(HealthCheck))
    @given(case=found.as_strategy(generation_mode=mode))
    def hold(case: Case) -> None:
        assume(mode is GenerationMode.POSITIVE or not good_after_all(case))
        case.call_and_validate(headers=headers, excluded_checks=unsaid)

    try:
        hold()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "nothing good can be sent"


def good_after_all(case: Case) -> bool:
    """Whether nothing of what is wrong with a page is left once it is written as a query (`x=[]` is not)."""
    if case.path not in PAGES or case.method != "GET":
        return False
    url = requests.Request(**case.as_transport_kwargs()).prepare().url or ""
    try:
        PAGES[case.path].model_validate(dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)))
    except ValidationError:
        return False
    return True


def test_the_document_names_what_the_contract_has(shared: ServerProcess) -> None:
    paths = shared.get("/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == set(
        OPERATIONS + OF_CONVERSATIONS + OF_ADMINISTRATION + DONE_TO_PEOPLE
    )


def test_the_page_takes_everything_from_this_server(shared: ServerProcess) -> None:
    page = shared.get("/docs")
    assert page.status_code == 200
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert named
    for name in named:
        asset = requests.get(f"{shared.url}/{name}", timeout=10)
        assert asset.status_code == 200, name
    assert "default-src 'self'" in page.headers["content-security-policy"]
