"""Office 365 against a server that answers as Microsoft Graph is documented to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.graph_server import CLIENT, SECRET, TENANT, GraphServer, running_graph
from tests.contracts.connector import check_class, check_entries, check_words
from tws import connectors
from tws.connectors.office365.contacts import Office365
from tws.connectors.office365.graph import CLOUDS
from tws.directory.cards import SourceCard, card
from tws.directory.mapping import mapping
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, Unreachable

USERS = [
    {
        "id": f"u{n}",
        "displayName": f"Person {n}",
        "surname": f"Person {n}",
        "mail": f"p{n}@arda.example",
        "businessPhones": ["+33155171889"],
        "mobilePhone": None,
        "accountEnabled": True,
    }
    for n in range(5)
]
USER_ENTRIES = [
    {
        "id": f"u{n}",
        "displayName": f"Person {n}",
        "surname": f"Person {n}",
        "mail": f"p{n}@arda.example",
        "businessPhones": "+33155171889",
        "businessPhones.0": "+33155171889",
    }
    for n in range(5)
]


def contact(n: int) -> dict[str, Any]:
    return {"id": f"c{n}", "surname": f"Contact {n}", "homeAddress": {"city": "Paris"}}


def entry(n: int) -> dict[str, str]:
    return {"id": f"c{n}", "surname": f"Contact {n}", "homeAddress.city": "Paris"}


MARIE = "users/marie@arda.example"
COLLECTIONS: dict[str, Any] = {
    "users": USERS,
    "contacts": [
        {
            "id": "o1",
            "displayName": "Supplier",
            "phones": [{"type": "mobile", "number": "06"}, {"type": "business", "number": "01"}],
        }
    ],
    f"{MARIE}/contacts": [contact(n) for n in range(3)],
    f"{MARIE}/contactFolders": [{"id": "AA/B=", "displayName": "Clients"}],
    f"{MARIE}/contactFolders/AA%2FB%3D/contacts": [contact(10)],
    f"{MARIE}/contactFolders/AA%2FB%3D/childFolders": [{"id": "CC", "displayName": "VIP"}],
    f"{MARIE}/contactFolders/CC/contacts": [contact(20)],
    f"{MARIE}/contactFolders/CC/childFolders": [],
    "users/secret@arda.example/contacts": (403, "ErrorAccessDenied"),
}


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    with running_graph(COLLECTIONS) as server:
        yield server


def opened(graph: GraphServer, **settings: Any) -> Office365:
    given = {"tenant": TENANT, "client_id": CLIENT, "client_secret": SECRET, **settings}
    made = connectors.settings("office365", given)
    return Office365(made, Path("/nonexistent"), graph.clouds)


def test_what_the_administration_looks_at() -> None:
    check_class(Office365)
    assert connectors.secret_fields("office365") == {"client_secret"}
    assert all(c.login.startswith("https://") for c in CLOUDS.values())


def test_users_of_the_organisation(graph: GraphServer) -> None:
    check_entries(opened(graph), USER_ENTRIES)
    first = graph.service.asked("/v1.0/users")[0]
    assert first.query["$filter"] == "accountEnabled eq true"
    assert first.headers["prefer"] == 'IdType="ImmutableId"'
    assert graph.tokens == 2  # one for each reading


def test_more_fields(graph: GraphServer) -> None:
    found = list(opened(graph, more_fields="accountEnabled, ageGroup").entries())
    assert found[0].values["accountEnabled"] == "true"


def test_the_suggested_mapping_makes_a_whole_card(graph: GraphServer) -> None:
    first = next(opened(graph).entries())
    made = card(first, mapping(Office365.suggested))
    assert isinstance(made, SourceCard) and not made.notes
    assert made.last_name == "Person 0" and made.emails == ("p0@arda.example",)
    assert [number.number for number in made.numbers] == ["+33155171889"]


def test_mail_contacts_of_the_organisation(graph: GraphServer) -> None:
    (found,) = opened(graph, source="organisation contacts").entries()
    assert found.values["mobilePhone"] == "06" and found.values["businessPhones"] == "01"


def test_contacts_of_a_mailbox_with_all_its_folders(graph: GraphServer) -> None:
    everything = [entry(n) for n in (0, 1, 2, 10, 20)]
    shared = opened(graph, source="mailbox", mailbox="marie@arda.example")
    check_entries(shared, everything)
    check_entries(opened(graph), everything, "marie@arda.example")
    main = opened(graph, folders=False)
    check_entries(main, everything[:3], "marie@arda.example")


def test_throttling(graph: GraphServer) -> None:
    graph.busy = 4
    check_entries(opened(graph), USER_ENTRIES)
    graph.busy = 100
    check_words(Unreachable, lambda: list(opened(graph).entries()), "too busy")


def test_a_token_that_expires_half_way(graph: GraphServer) -> None:
    graph.valid_for = 2
    assert len(list(opened(graph).entries())) == 5
    assert graph.tokens == 2


def test_a_failure_half_way(graph: GraphServer) -> None:
    entries = opened(graph).entries()
    next(entries), next(entries)
    graph.collections = {"users": (503, "ServiceUnavailable")}
    graph.valid_for, graph.busy = 1_000_000, 100
    check_words(Unreachable, lambda: next(entries), "too busy")


def test_a_token_that_is_refused_in_the_end(graph: GraphServer) -> None:
    graph.valid_for = 0
    check_words(Refused, lambda: list(opened(graph).entries()), "Lifetime", secret=SECRET)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"client_secret": "wr0ng~secret"}, "AADSTS7000215"),
        ({"client_id": "nobody"}, "AADSTS700016"),
        ({"tenant": "nobody/"}, "AADSTS90002"),
    ],
)
def test_wrong_credentials(graph: GraphServer, settings: dict[str, str], words: str) -> None:
    wrong = opened(graph, **settings)
    check_words(Refused, lambda: list(wrong.entries()), words, secret="wr0ng~secret")


def test_what_may_not_be_read_or_is_not_there(graph: GraphServer) -> None:
    there = opened(graph)
    check_words(
        Refused,
        lambda: list(there.entries("secret@arda.example")),
        "ErrorAccessDenied",
        "contacts",
    )
    check_words(Misconfigured, lambda: list(there.entries("no@arda.example")), "ResourceNotFound")


def test_nothing_is_left_open(graph: GraphServer) -> None:
    graph.service.check_hangs_up(opened(graph))


def test_a_form_that_is_wrong() -> None:
    given = {"tenant": TENANT, "client_id": CLIENT, "client_secret": SECRET, "source": "mailbox"}
    with pytest.raises(Invalid) as raised:
        connectors.validate("office365", given)
    assert raised.value.details["field"] == "settings.mailbox"
