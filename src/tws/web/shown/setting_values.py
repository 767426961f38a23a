"""The form of a settings dataclass as pages are given it, whatever it is the form of."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Protocol

import msgspec

from tws.forms import Field, describe, secret_fields, without_secrets
from tws.register import NotInstalled
from tws.web.shown.values import Value


class HasSettings(Protocol):
    """A window of which pages show a form."""

    Settings: ClassVar[type[Any]]


class SettingValue(Value, omit_defaults=True):
    """One field of a form. Pages have its words in their languages by its name."""

    name: str
    type: Literal["text", "number", "switch", "choice", "url", "lines"]
    default: str | int | float | bool | None
    help: Annotated[str, msgspec.Meta(description="In English.")]
    secret: bool
    choices: list[str] | None
    required: bool
    expert: Annotated[bool, msgspec.Meta(description="Has a value that suits most.")] = False
    minimum: float | None = None
    maximum: float | None = None


def form_of(settings: type[Any]) -> list[SettingValue]:
    """The fields of a settings dataclass, in order."""
    return [_shown(each) for each in describe(settings)]


def _shown(field: Field) -> SettingValue:
    return SettingValue(
        name=field.name,
        type=field.kind,
        default=field.default,
        help=field.help,
        secret=field.secret,
        choices=None if field.choices is None else list(field.choices),
        required=field.required,
        expert=field.expert,
        minimum=field.minimum,
        maximum=field.maximum,
    )


def secrets_set(values: Mapping[str, object], secret: frozenset[str]) -> dict[str, bool]:
    """By name, whether a secret has a value: all that is told of it."""
    return {name: bool(values.get(name)) for name in sorted(secret)}


def told(
    window: type[HasSettings] | NotInstalled | None, settings: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, bool]]:
    """What is told of stored settings, and by name which secrets have a value; nothing of those of
    a window that is not installed."""
    if window is None or isinstance(window, NotInstalled):
        return {}, {}
    secret = secret_fields(window.Settings)
    return without_secrets(settings, secret), secrets_set(settings, secret)
