"""Google Workspace against a server that answers as Google documents its services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.connectors.google_server import (
    ACCOUNT,
    DOMAIN,
    GoogleServer,
    error,
    running_google,
    write_keys,
)
from tests.contracts.connector import check_class, check_entries, check_words
from tws import connectors
from tws.connectors.google.api import Services
from tws.connectors.google.contacts import Google
from tws.directory.cards import SourceCard, card
from tws.directory.mapping import mapping
from tws.sources.errors import Misconfigured, Refused, Unreachable

MARIE, PAUL = "marie@arda.example", "Paul@ARDA.example"


def person(n: int) -> dict[str, Any]:
    about = {"primary": True, "source": {"type": "CONTACT", "id": f"{n}"}}
    return {
        "resourceName": f"people/c{n}",
        "etag": "%EgUBAi43PRoEAQIFBw==",
        "metadata": {"sources": [{"type": "CONTACT", "id": f"{n}"}]},
        "names": [{"metadata": about, "displayName": f"Person {n}", "familyName": f"Person {n}"}],
        "phoneNumbers": [
            {"metadata": about, "value": f"0601020{n:03}", "type": "mobile"},
            {"metadata": about, "value": "4092", "type": "work", "formattedType": "Work"},
        ],
        "photos": [{"metadata": about, "url": "https://photo.invalid/x", "default": True}],
    }


def expected(n: int) -> dict[str, Any]:
    mobile = f"0601020{n:03}"
    return {
        "resourceName": f"people/c{n}",
        "names.displayName": f"Person {n}",
        "names.familyName": f"Person {n}",
        "names.0.displayName": f"Person {n}",
        "names.0.familyName": f"Person {n}",
        "phoneNumbers.value": (mobile, "4092"),
        "phoneNumbers.type": ("mobile", "work"),
        "phoneNumbers.0.value": mobile,
        "phoneNumbers.0.type": "mobile",
        "phoneNumbers.mobile.value": mobile,
        "phoneNumbers.mobile.type": "mobile",
        "phoneNumbers.formattedType": "Work",
        "phoneNumbers.1.value": "4092",
        "phoneNumbers.1.type": "work",
        "phoneNumbers.1.formattedType": "Work",
        "phoneNumbers.work.value": "4092",
        "phoneNumbers.work.type": "work",
        "phoneNumbers.work.formattedType": "Work",
    }


@pytest.fixture
def google(tmp_path: Path) -> Iterator[GoogleServer]:
    everybody = [person(n) for n in range(5)]
    people = {"directory": everybody, MARIE: everybody[:3], PAUL: []}
    with running_google(tmp_path, people) as server:
        yield server


def opened(google: GoogleServer, folder: Path, **settings: Any) -> Google:
    given = {"account": ACCOUNT, "domain": DOMAIN, "reader": MARIE, **settings}
    return Google(connectors.settings("google", given), folder, google.services)


def test_what_the_administration_looks_at() -> None:
    check_class(Google)
    assert connectors.secret_fields("google") == {"key_password"}
    assert Services().people.startswith("https://") and Services().tokens.startswith("https://")


def test_the_directory_of_the_domain(google: GoogleServer, tmp_path: Path) -> None:
    check_entries(opened(google, tmp_path), [expected(n) for n in range(5)])
    sent = [r for r in google.service.requests if r.path.endswith("listDirectoryPeople")]
    assert len(sent) == 6 and sent[1].query["pageToken"] == "2"


def test_contacts_of_users(google: GoogleServer, tmp_path: Path) -> None:
    there = opened(google, tmp_path, key_file="key.json")
    check_entries(there, [expected(n) for n in range(3)], MARIE)
    assert google.claims[-1]["sub"] == MARIE
    check_entries(there, [], PAUL)


def test_the_suggested_mapping_makes_a_whole_card(google: GoogleServer, tmp_path: Path) -> None:
    made = card(next(opened(google, tmp_path).entries()), mapping(Google.suggested))
    assert isinstance(made, SourceCard) and not made.notes
    assert (made.identifier, made.last_name, made.photo) == ("people/c0", "Person 0", None)
    assert {n.number for n in made.numbers} == {"4092", "0601020000"}


def test_a_token_that_expires_half_way(google: GoogleServer, tmp_path: Path) -> None:
    google.valid_for = 2
    assert len(list(opened(google, tmp_path).entries())) == 5
    assert len(google.claims) == 2


def test_a_quota(google: GoogleServer, tmp_path: Path) -> None:
    retry = error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", Retry_After="0")
    google.refused = retry
    check_words(Unreachable, lambda: list(opened(google, tmp_path).entries()), "too busy")
    assert len(google.service.asked("/v1/people:listDirectoryPeople")) == 6
    google.refused = None
    assert len(list(opened(google, tmp_path).entries())) == 5


def test_a_failure_half_way(google: GoogleServer, tmp_path: Path) -> None:
    entries = opened(google, tmp_path).entries()
    next(entries), next(entries)
    google.refused = error(500, "INTERNAL", "Internal error encountered.")
    check_words(Unreachable, lambda: next(entries), "Internal error")


def test_what_google_refuses(google: GoogleServer, tmp_path: Path) -> None:
    there = opened(google, tmp_path)
    check_words(Refused, lambda: list(there.entries(f"no@{DOMAIN}")), "Invalid email or User ID")
    google.delegated.clear()
    check_words(Refused, lambda: list(there.entries()), "unauthorized_client")
    google.delegated.add("https://www.googleapis.com/auth/directory.readonly")
    google.refused = error(403, "PERMISSION_DENIED", "People API has not been used in project 1.")
    check_words(Refused, lambda: list(there.entries()), "People API has not been used")
    write_keys(tmp_path, generate_private_key(65537, 2048))
    check_words(Refused, lambda: list(there.entries()), "Invalid JWT Signature")


def test_what_is_to_be_mended_in_the_form(google: GoogleServer, tmp_path: Path) -> None:
    def reading(mailbox: str | None = None, **settings: Any) -> list[Any]:
        return list(opened(google, tmp_path, **settings).entries(mailbox))

    (tmp_path / "text.json").write_text("{}")
    (tmp_path / "text.p12").write_text("no key")
    for name in ("text.json", "text.p12", "../key", "missing.p12"):
        check_words(Misconfigured, lambda name=name: reading(key_file=name))  # type: ignore[misc]
    check_words(
        Misconfigured,
        lambda: reading(key_password="wrong one"),
        "password differs",
        secret="wrong one",
    )
    other = "other@project-1.iam.gserviceaccount.com"
    check_words(Misconfigured, lambda: reading(account=other, key_file="key.json"), ACCOUNT)
    check_words(Misconfigured, lambda: reading(reader=""), "as whom")
    check_words(Misconfigured, lambda: reading("marie@elsewhere.example"), "no user of")
    assert not google.service.requests


def test_nothing_is_left_open(google: GoogleServer, tmp_path: Path) -> None:
    google.service.check_hangs_up(opened(google, tmp_path))
