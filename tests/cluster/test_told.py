"""What nodes tell each other is written and read the same."""

from typing import Any

import msgspec
import pytest

from tws.access.events import SignInBegun, SignInOver, TryRefused
from tws.cluster.told import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_of_it_is_of_a_type_that_cannot_be_read(kind: type[Any]) -> None:
    """`Hashable`, say: who hears of such an event would read all again, each time."""
    seen: list[Any] = [msgspec.inspect.type_info(kind)]
    known = set()
    while seen:
        one = seen.pop()
        custom = isinstance(one, msgspec.inspect.CustomType)
        assert not custom or one.cls is object, one
        if id(one) in known or not isinstance(one, msgspec.inspect.Type):
            continue
        known.add(id(one))
        for name in getattr(one, "__struct_fields__", ()):
            part = getattr(one, name)
            for each in part if isinstance(part, tuple | list) else (part,):
                seen.append(each.type if isinstance(each, msgspec.inspect.Field) else each)


@pytest.mark.parametrize(
    "event",
    [
        TryRefused("alice", "192.0.2.1", True),
        SignInBegun("a", "passkeys", "name", b"\x00\xff"),
        SignInOver("a", "passkeys", "name"),
    ],
)
def test_it_is_read_as_it_was_written(event: object) -> None:
    written = msgspec.msgpack.encode(event)
    assert msgspec.msgpack.decode(written, type=type(event)) == event
