"""Sentences: a template, what it is filled with, and the English."""

import msgspec
import pytest

from tws.sentences import Sentence, said, sentence
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable
from tws.sources.failing import Failed, failed

INNER = sentence("the account of {whom} is locked", whom="marie")
OUTER = sentence("{host} refuses: {why}, {times} times.", host="ldap.{why}", why=INNER, times=3)


def test_it_is_filled_once() -> None:
    assert str(OUTER) == "ldap.{why} refuses: the account of marie is locked, 3 times."
    assert str(sentence("{unknown} {} {1,2} {host}", host="a")) == "{unknown} {} {1,2} a"
    assert str(said("50 % of {host}")) == "50 % of {host}"
    assert said(INNER) is INNER


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("{host} is away.", host="a", retry_after=3.5),
        Refused(OUTER),
        Misconfigured("There is no host {host}.", host="{host}"),
    ],
)
def test_an_error_comes_out_of_a_process_as_it_was(error: ConnectorError) -> None:
    told = msgspec.json.decode(msgspec.json.encode(failed(error)), type=Failed).error()
    assert type(told) is type(error)
    assert (told.said, str(told)) == (error.said, str(error))
    if isinstance(told, Unreachable):
        assert told.retry_after == 3.5


def test_what_an_earlier_version_stored_is_a_sentence() -> None:
    stored = msgspec.convert({"template": "Wrong {password}.", "parameters": {}}, Sentence)
    assert str(stored) == "Wrong {password}."
