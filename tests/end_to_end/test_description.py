"""The API is what its description says, whatever is sent: Schemathesis asks every operation.

It makes requests from the description, right ones and wrong ones, at the demonstration, and holds
each answer against it. `tests/web/test_nasty_input.py` says which faults are refused, and
`tests/web/test_strangers.py` to whom nothing is told.
"""

import re
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from typing import Any
from unittest import SkipTest

import httpx
import pytest
import requests
import schemathesis
import schemathesis.checks
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.core.marks import Mark
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.hypothesis.builder import (
    InvalidHeadersExampleMark,
    InvalidRegexMark,
    MissingPathParameters,
    NonSerializableMark,
    UnsatisfiableExampleMark,
    UnserializablePayloadMark,
)
from schemathesis.generation.stateful.state_machine import RecordingStateMachine
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests import granting
from tests.running import COMMAND, DEADLINE
from tws import demo
from tws.web.api import ROUTERS
from tws.web.server import openapi

schemathesis.checks.load_all_checks()
CHECKS: list[Any] = schemathesis.checks.CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "unsupported_method",
        "allow_header_conformance",
    ]
)
"""Not: whether what suits the description is accepted. Rooms refuse more than shapes can say, such
as a name that is taken."""
LIVES: list[Any] = schemathesis.checks.CHECKS.get_by_names(
    ["use_after_free", "ensure_resource_availability"]
)
"What was made is there, and what was taken away is not."
COLLECTIONS = [f"/api/v1/{name}" for name in ("admin/companies", "admin/domains")]
"Of rows that can be made, read, changed and taken away."
SCENARIOS, STEPS = 6, 6
"How many chains of links are followed, and how far."
Factory = pytest.TempPathFactory
APART = ("live",)
"A WebSocket."
LISTS = "/api/v1/admin/"
EXAMPLES = 8
"Of each operation, made besides those that go through the members one by one."
OPERATIONS = [
    route.operation_id
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema and route.operation_id
]
LEFT_OUT: tuple[Mark[Any], ...] = (
    InvalidHeadersExampleMark,
    InvalidRegexMark,
    MissingPathParameters,
    NonSerializableMark,
    UnsatisfiableExampleMark,
    UnserializablePayloadMark,
)
"What Schemathesis notes at a test of which it could not make every request."


PASSWORD = "only for what is described"
NAME = "described"
DOMAIN = {"timeZone": "Europe/Paris", "countryPrefix": "33", "nationalPrefix": "0"}


class Asking:
    """The demonstration, asked by an administrator and a user of its own, whom nobody changes."""

    def __init__(self, http: httpx.Client, paths: dict[str, Any]) -> None:
        self.http, self.paths = http, paths
        self.session = requests.Session()
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self.cookies = {
            True: self.signed_in(True, demo.ADMINISTRATOR, demo.PASSWORD),
        }
        self.rows = dict(self.found())
        "By the address of a list: the ids that it had."
        company = self.made("admin/companies", name=NAME)
        domain = self.made("admin/domains", company=company, name=NAME, **DOMAIN)
        administrator = self.made("admin/administrators", username=NAME, superUser=True)
        self.changed("put", f"admin/administrators/{administrator}/password", password=PASSWORD)
        user = self.made("admin/users", domain=domain, username=NAME)
        self.changed("put", f"admin/users/{user}/password", password=PASSWORD)
        for application in ("TWS Caller", "TWS Stats"):
            self.made(
                "admin/grants", **granting.sent(granting.application(application, user=user))
            )
        self.cookies = {of: self.signed_in(of) for of in (True, False)}

    def signed_in(self, administrator: bool, name: str = NAME, password: str = PASSWORD) -> str:
        place = "administrator/login" if administrator else "login"
        answer = self.http.post("api/v1/" + place, json={"username": name, "password": password})
        answer.raise_for_status()
        self.http.cookies.clear()
        return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())

    def ask(self, case: Case[Any]) -> Response:
        """By a session that is: what was asked before may have ended it."""
        administrator = "/admin/" in case.path
        base = str(self.http.base_url)
        answer = case.call(base, self.session, {"Cookie": self.cookies[administrator]})
        if answer.status_code == 401:
            self.cookies[administrator] = self.signed_in(administrator)
            answer = case.call(base, self.session, {"Cookie": self.cookies[administrator]})
        return answer

    def made(self, place: str, **body: object) -> str:
        row: str = self.changed("post", place, **body).json()["id"]
        return row

    def changed(self, method: str, place: str, **body: object) -> httpx.Response:
        headers = {"Cookie": self.cookies[True]}
        answer = self.http.request(method, "api/v1/" + place, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer

    def found(self) -> Iterator[tuple[str, list[str]]]:
        headers = {"Cookie": self.cookies[True]}
        for path, methods in self.paths.items():
            if path.startswith(LISTS) and "get" in methods and "{" not in path:
                answer = self.http.get(path, headers=headers)
                json = answer.headers["content-type"] == "application/json"
                rows = answer.json() if json else None
                if isinstance(rows, list) and rows and "id" in rows[0]:
                    yield path, [row["id"] for row in rows]

    def name_what_exists(self, case: Case[Any]) -> None:
        """Half of the ids become those of rows, but where these would be no more."""
        rows = self.rows.get(case.operation.path.partition("/{id}")[0])
        made = case.path_parameters.get("id")
        if not rows or not isinstance(made, str) or case.method == "DELETE" or len(made) % 2:
            return
        if not case.operation.path.endswith("/erasure"):
            case.path_parameters["id"] = rows[len(made) // 2 % len(rows)]


@pytest.fixture(scope="module")
def description() -> OpenApiSchema:
    read = schemathesis.openapi.from_dict(openapi())
    assert isinstance(read, OpenApiSchema)
    return read


@pytest.fixture(scope="module")
def asking(
    description: OpenApiSchema, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asking]:
    data = tmp_path_factory.mktemp("described")
    with subprocess.Popen(
        [*COMMAND, "demo", "--port=0", f"--data={data}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            with httpx.Client(base_url=address_of(process), timeout=DEADLINE) as http:
                yield Asking(http, description.raw_schema["paths"])
        finally:
            process.terminate()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"is running: +(http\S+)", line):
            # What nobody reads would stop the server.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return found[1]
    raise AssertionError("the demonstration ended: " + "".join(said))


def test_every_operation_is_asked(description: OpenApiSchema) -> None:
    operations = [
        one["operationId"]
        for methods in description.raw_schema["paths"].values()
        for one in methods.values()
    ]
    assert sorted(OPERATIONS) == sorted({*operations} - {*APART})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_as_described(
    operation: str, description: OpenApiSchema, asking: Asking
) -> None:
    """Its requests are made here: they take seconds, and each worker collects all tests."""

    @settings(max_examples=EXAMPLES, derandomize=True, database=None)
    def ask(case: Case[Any]) -> None:
        asking.name_what_exists(case)
        case.validate_response(asking.ask(case), CHECKS)

    asked = build_operation_test(
        config=description.config,
        operation=description.find_operation_by_id(operation),
        test_func=ask,
        given_kwargs={},
        feedback=NO_FEEDBACK,
    )
    assert not [mark for mark in LEFT_OUT if mark.is_set(asked)]
    try:
        asked()
    except SkipTest as nothing:
        raise AssertionError("nothing could be asked") from nothing


@pytest.mark.timeout(300)
def test_what_is_made_lives_as_described(asking: Asking) -> None:
    """Made, read, changed, taken away: by links that Schemathesis infers, for it is the id of an
    answer that other operations take; the version that was seen goes with it. Not from lists,
    where others find what they made."""
    read = schemathesis.openapi.from_dict(openapi())
    read.config.generation.modes = [GenerationMode.POSITIVE]
    made = read.include(path=COLLECTIONS, method="POST").include(
        path=[f"{one}/{{id}}" for one in COLLECTIONS]
    )
    done: Counter[str] = Counter()
    numbers, seen = count(), dict[str, int]()

    class Lives(made.as_state_machine(), RecordingStateMachine):  # type: ignore[misc]
        def call(self, case: Case[Any], **_: object) -> Response:
            if case.method == "POST":  # one that is taken: what is not lives no further
                case.body = {"name": f"described {next(numbers)}"}
                if case.path.endswith("/domains"):
                    company = asking.rows["/api/v1/admin/companies"][0]
                    case.body |= {"company": company, **DOMAIN}
            version = seen.get(str(case.path_parameters.get("id")))
            if version is not None and case.method == "DELETE":
                case.query = {"version": version}
            elif version is not None and case.method == "PATCH":
                case.body = {"version": version, "name": f"described {next(numbers)}"}
            answer = asking.ask(case)
            if answer.status_code in (200, 201):
                row = answer.json()
                seen[row["id"]] = row["version"]
            done[f"{case.method} {answer.status_code // 100}xx"] += 1
            return answer

        def validate_response(
            self, response: Response, case: Case[Any], *_: object, **__: object
        ) -> None:
            checks = [*CHECKS, *LIVES]
            case.validate_response(response, checks, recorder=self.recorder)

    Lives.run(
        settings=settings(
            max_examples=SCENARIOS,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
    )
    assert {"POST 2xx", "GET 2xx", "DELETE 2xx"} <= set(done), done
    assert "PATCH 2xx" in done, done
