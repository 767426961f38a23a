"""The configuration file of `tws simulate`: TOML to settings, every unknown word an error.

```toml
name = "Paris"
phones = [{number = "4001", name = "Alice"}, {from = 10000, count = 5000}]
queues = [{number = "7000", agents = ["4001"]}]
[link]
edition = 3
[timing]
no_answer = 3
```
What is left out is as in the demonstration, except that a file's `phones` or `queues` replace it.
"""

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path

from tws.protocols.csta import messages
from tws.protocols.csta.message import Request
from tws.simulator.settings import DEMO, PbxSettings, PhoneSettings

MAX_PHONES = 50_000


def load(path: Path) -> PbxSettings:
    """Raises OSError, or ValueError with the file's name and what is wrong in it."""
    with path.open("rb") as file:
        try:
            return from_mapping(tomllib.load(file))
        except ValueError as error:  # also a TOML syntax error
            raise ValueError(f"{path}: {error}") from None


def from_mapping(given: Mapping[str, object]) -> PbxSettings:
    values = dict(given)
    phones = values.pop("phones", None)
    if phones is not None:
        base = dataclasses.replace(DEMO, phones=_phones(phones), queues=())
    else:
        base = DEMO
    settings = _replace(base, values, "")
    _check(settings)
    return settings


def renamed(settings: PbxSettings, names: Mapping[str, str]) -> PbxSettings:
    """The same PBX with other names on the phones of these numbers; ValueError."""
    unknown = sorted(names.keys() - {phone.number for phone in settings.phones})
    if unknown:
        raise ValueError(f"--name: {unknown[0]} is no phone")
    phones = tuple(
        dataclasses.replace(phone, name=names.get(phone.number, phone.name))
        for phone in settings.phones
    )
    return dataclasses.replace(settings, phones=phones)


def without_agents(settings: PbxSettings) -> PbxSettings:
    queues = tuple(dataclasses.replace(queue, agents=()) for queue in settings.queues)
    return dataclasses.replace(settings, queues=queues)


def _phones(given: object) -> tuple[PhoneSettings, ...]:
    if not isinstance(given, list):
        given = [given]
    phones: list[PhoneSettings] = []
    for item in given:
        if not isinstance(item, dict):
            raise ValueError("phones: a table or a list of tables expected")
        if "from" not in item:
            phones.append(_make(PhoneSettings, item, "phones"))
            continue
        rest = {key: value for key, value in item.items() if key not in ("from", "count")}
        first, count = item["from"], item.get("count")
        if not isinstance(first, int) or not isinstance(count, int) or count < 1:
            raise ValueError("phones: `from` and `count` must be whole numbers")
        if count > MAX_PHONES:
            raise ValueError(f"phones: at most {MAX_PHONES}")
        phones += [
            _make(PhoneSettings, {**rest, "number": str(first + n)}, "phones")
            for n in range(count)
        ]
    return tuple(phones)


def _replace(base: PbxSettings, values: Mapping[str, object], where: str) -> PbxSettings:
    """`base` with the given values; nested tables change what they name and keep the rest."""
    hints = typing.get_type_hints(type(base))
    changes: dict[str, typing.Any] = {}
    for key, value in values.items():
        if key not in hints:
            raise ValueError(f"{key}: unknown setting; known: {', '.join(sorted(hints))}")
        current = getattr(base, key)
        if dataclasses.is_dataclass(current) and not isinstance(current, type):
            if not isinstance(value, dict):
                raise ValueError(f"{key}: a table expected")
            kind: type[typing.Any] = type(current)
            merged = {**_shallow(current), **value}
            changes[key] = _make(kind, merged, key)
        else:
            changes[key] = _value(hints[key], value, key)
    return dataclasses.replace(base, **changes)


def _shallow(instance: typing.Any) -> dict[str, object]:
    return {f.name: getattr(instance, f.name) for f in dataclasses.fields(instance)}


T = typing.TypeVar("T")


def _make(kind: type[T], values: Mapping[str, object], where: str) -> T:
    hints = typing.get_type_hints(kind)
    unknown = sorted(set(values) - set(hints))
    if unknown:
        raise ValueError(f"{where}: {unknown[0]} is unknown; known: {', '.join(sorted(hints))}")
    made = {key: _value(hints[key], value, f"{where}.{key}") for key, value in values.items()}
    try:
        return kind(**made)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None


def _value(hint: typing.Any, value: object, where: str) -> object:
    """`value` as the type asks, or ValueError saying where."""
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        choices = typing.get_args(hint)
        if value not in choices:
            raise ValueError(f"{where}: one of {', '.join(map(str, choices))} expected")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{where}: a list expected")
        item = typing.get_args(hint)[0]
        return tuple(_value(item, one, f"{where}[{n}]") for n, one in enumerate(value))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if isinstance(value, hint):
            return value
        if not isinstance(value, dict):
            raise ValueError(f"{where}: a table expected")
        return _make(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    wanted = hint if isinstance(hint, type) else types.NoneType
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{where}: {wanted.__name__} expected, not {type(value).__name__}")
    return value


def _check(settings: PbxSettings) -> None:
    """What no single setting can show: numbers used twice, agents without a phone."""
    numbers = [p.number for p in settings.phones] + [q.number for q in settings.queues]
    numbers += [*settings.park_places, *([settings.mailbox] if settings.mailbox else [])]
    twice = sorted({n for n in numbers if numbers.count(n) > 1}) if len(numbers) < 500 else []
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"number used twice: {', '.join(twice) or 'see phones'}")
    if "" in numbers:
        raise ValueError("a number may not be empty")
    known = {p.number for p in settings.phones}
    for queue in settings.queues:
        missing = [agent for agent in queue.agents if agent not in known]
        if missing:
            raise ValueError(f"queue {queue.number}: agent {missing[0]} is no phone")
    if not 3 <= settings.link.edition <= 6:
        raise ValueError("link.edition: 3 to 6 expected")
    for name in settings.link.without:
        kind = getattr(messages, name, None)
        if not isinstance(kind, type) or not issubclass(kind, Request):
            raise ValueError(f"link.without: {name} is no service")
    if not 0 <= settings.trunks <= 99:
        raise ValueError("trunks: 0 to 99 expected")
    if settings.link.tls_key and not settings.link.tls_certificate:
        raise ValueError("link.tls_key: link.tls_certificate is needed too")
