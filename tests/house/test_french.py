"""Mails say in French what pages say."""

import pytest

from tests.house import incident_kinds
from tests.house.french import content
from tws.languages import FRENCH, in_language
from tws.sentences import sentence


def test_mails_and_pages_say_the_same() -> None:
    if (expected := content()) is None:
        pytest.skip("peer node is missing: the pages are built elsewhere")
    assert FRENCH.read_text(encoding="utf-8") == expected, "python -m tests.house.french"


def test_a_sentence_within_a_sentence_is_said_in_french_too() -> None:
    away = sentence("The database is away.")
    said = sentence("The service {service} failed: {why}", service="links", why=away)
    french = in_language(said, "fr")
    assert str(said) == "The service links failed: The database is away."
    assert "The" not in french and "links" in french
    assert in_language(sentence("Nobody said this."), "fr") == "Nobody said this."


@pytest.mark.parametrize("culture", incident_kinds.CULTURES)
def test_pages_and_mails_call_incidents_the_same(culture: str) -> None:
    written = incident_kinds.place(culture).read_text(encoding="utf-8")
    assert written == incident_kinds.content(culture), "python -m tests.house.incident_kinds"
