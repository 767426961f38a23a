"""Every command, and every result, is on another node what it was."""

from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tws.cluster.asked import (
    RESULTS,
    Asked,
    answered,
    asked,
    command_of,
    read_asked,
    refused,
    result_of,
)
from tws.telephony.commands import Command
from tws.telephony.requests import Refusal
from tws.telephony.told import KINDS

commands = st.sampled_from(list(KINDS.values())).flatmap(st.from_type)


def fits(value: object) -> bool:
    """No number is longer than 64 bits, as no telephone rings."""
    try:
        msgspec.msgpack.encode(value)
    except OverflowError:
        return False
    return True


@given(commands)
def test_a_command_is_the_same_there(command: Command[Any]) -> None:
    assume(fits(command))
    assert command_of(read_asked(asked(command))) == command


@given(commands.flatmap(lambda x: st.tuples(st.just(x), st.from_type(RESULTS[type(x)]))))
def test_a_result_is_the_same_here(pair: tuple[Command[Any], object]) -> None:
    command, result = pair
    assume(fits(result))
    assert result_of(command, answered(result)) == result


@given(commands, st.text(), st.none() | st.text())
def test_a_refusal_is_the_same_here(command: Command[Any], cause: str, detail: str | None) -> None:
    with pytest.raises(Refusal) as raised:
        result_of(command, refused(Refusal(cause, detail)))
    assert (raised.value.cause, raised.value.detail) == (cause, detail)


def test_a_service_of_a_newer_node_is_not_known() -> None:
    newer = Asked("sendFlowers", msgspec.Raw(msgspec.msgpack.encode({})))
    assert command_of(read_asked(msgspec.msgpack.encode(newer))) is None
