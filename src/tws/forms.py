"""A form made of a settings dataclass: what each field is, and an instance of what was filled in.

The dataclass says everything once: names, types and defaults, and in `field(metadata=About(...))`
what a type cannot say. Its `__post_init__` may raise WrongValue, or ValueError as `"port: needed
here"`, on values that cannot work together.
"""

import dataclasses
from collections.abc import Collection, Mapping
from types import NoneType
from typing import Any, Literal, TypedDict, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec

from tws.sentences import Parameter, Sentence

S = TypeVar("S")
Kind = Literal["text", "number", "switch", "choice", "url", "lines"]
"url: an address with its scheme and host. lines: a text of several lines."
Default = str | int | float | bool | None

_TYPES: Mapping[object, tuple[Kind, str]] = {
    str: ("text", "a text"),
    bool: ("switch", "yes or no"),
    int: ("number", "a whole number"),
    float: ("number", "a number"),
}


class About(TypedDict, total=False):
    """The metadata of a field. All may be left out."""

    help: str
    "One line in English; the pages have it in other languages."
    secret: bool
    "Never shown; kept where a form leaves it out."
    where: bool
    "Says to whom secrets are told, or how well they are kept on the way."
    expert: bool
    "Has a value that suits most."
    choices: Collection[str]
    "The only values of a text; those of a `Literal` need not be repeated."
    minimum: float
    maximum: float
    kind: Literal["url", "lines"]
    "Where a plain text is not what is meant."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    name: str
    kind: Kind
    required: bool
    default: Default
    help: str
    secret: bool
    expert: bool
    choices: tuple[str, ...] | None
    minimum: float | None
    maximum: float | None


class WrongSetting(ValueError):
    """In words that begin with the field's name; `field` None = of the form as a whole. `why`: a
    code for pages, with its parameters; None = there are only words."""

    def __init__(
        self, words: str, field: str | None, why: str | None = None, **parameters: object
    ) -> None:
        super().__init__(words)
        self.field, self.why, self.parameters = field, why, parameters


class WrongValue(ValueError):
    """What `__post_init__` of Settings finds wrong with a field."""

    def __init__(self, field: str, template: str | Sentence, /, **parameters: Parameter) -> None:
        self.said = template if isinstance(template, Sentence) else Sentence(template, parameters)
        super().__init__(f"{field}: {self.said}")
        self.field = field


def describe(settings: type[Any]) -> tuple[Field, ...]:
    """The fields of the form, in order. TypeError for a type that no form can show."""
    return tuple(_described(each, type_) for each, type_ in _fields(settings))


def convert(settings: type[S], values: Mapping[str, object]) -> S:
    """An instance of what was filled in; WrongSetting says which field is wrong, and why."""
    fields = _fields(settings)
    for name in values:
        if name not in {each.name for each, _ in fields}:
            raise WrongSetting(f"No such setting: {name}.", name, "unknownSetting")
    given = {}
    for each, type_ in fields:
        described = _described(each, type_)
        if described.required and values.get(each.name) in (None, ""):
            raise WrongSetting(f"{each.name}: needed", each.name, "needed")
        if each.name in values:
            given[each.name] = _converted(described, type_, values[each.name])
    try:
        return settings(**given)
    except WrongValue as error:
        raise WrongSetting(str(error), error.field, "said", said=error.said) from error
    except ValueError as error:
        words = str(error)
        why = "needed" if words.partition(": ")[2].startswith("needed") else None
        raise WrongSetting(words, _named(words, fields), why) from error


# ---------------------------------------------------------------- secrets


def secret_fields(settings: type[Any]) -> frozenset[str]:
    """Fields that are never shown, and kept where a form leaves them out."""
    return frozenset(each.name for each, _ in _fields(settings) if each.metadata.get("secret"))


def where_fields(settings: type[Any]) -> frozenset[str]:
    """Fields that say to whom its secrets are told; all that are not secret where none says."""
    fields = [each for each, _ in _fields(settings)]
    marked = frozenset(each.name for each in fields if each.metadata.get("where"))
    return marked or frozenset(each.name for each in fields if not each.metadata.get("secret"))


def without_secrets(
    values: Mapping[str, object], secret: Collection[str], instead: object = None
) -> dict[str, object]:
    """`values` as they may be shown: `instead` stands for each of the `secret` ones."""
    return {name: instead if name in secret else value for name, value in values.items()}


def keeping_secrets(
    old: Mapping[str, object], new: Mapping[str, object], secret: Collection[str]
) -> dict[str, object]:
    """`new` with the secrets of `old` that it leaves out or has as null; an empty text is none
    any more."""
    kept = {name: old[name] for name in secret if new.get(name) is None and name in old}
    return {**new, **kept}


# ---------------------------------------------------------------- one field


def _fields(settings: type[Any]) -> list[tuple[dataclasses.Field[Any], Any]]:
    types = get_type_hints(settings)
    return [(each, types[each.name]) for each in dataclasses.fields(settings) if each.init]


def _described(each: dataclasses.Field[Any], type_: Any) -> Field:
    about = each.metadata
    unknown = about.keys() - About.__annotations__.keys()
    if unknown:
        raise TypeError(f"{each.name}: no form knows {', '.join(sorted(unknown))}")
    default = None if each.default is dataclasses.MISSING else each.default
    if each.default_factory is not dataclasses.MISSING:
        default = each.default_factory()
    choices = tuple(about.get("choices", ())) or _literal(type_)
    plain = str if choices and _literal(type_) else _plain(type_)
    if plain not in _TYPES or (choices and plain is not str):
        raise TypeError(f"{each.name}: no form shows {type_}")
    return Field(
        name=each.name,
        kind="choice" if choices else about.get("kind") or _TYPES[plain][0],
        required=each.default is dataclasses.MISSING
        and each.default_factory is dataclasses.MISSING,
        default=default,
        help=about.get("help", ""),
        secret=bool(about.get("secret")),
        expert=bool(about.get("expert")),
        choices=choices or None,
        minimum=about.get("minimum"),
        maximum=about.get("maximum"),
    )


def _plain(type_: Any) -> Any:
    """`int | None` is a number that may be left empty."""
    kinds = get_args(type_)
    if NoneType not in kinds or len(kinds) != 2:
        return type_
    return kinds[0] if kinds[1] is NoneType else kinds[1]


def _literal(type_: Any) -> tuple[str, ...]:
    """The texts of a `Literal`; of another type, none."""
    plain = _plain(type_)
    texts = get_args(plain) if get_origin(plain) is Literal else ()
    return texts if all(isinstance(text, str) for text in texts) else ()


def _converted(field: Field, type_: Any, value: object) -> object:
    """The value as `type_` has it; WrongSetting where it may not be."""
    try:
        made: object = msgspec.convert(value, type=type_)
    except msgspec.ValidationError as error:
        raise _of_type(field, type_) from error
    if field.choices and made is not None and made not in field.choices:
        raise _of_type(field, type_)
    if isinstance(made, int | float) and not _within(field, made):
        raise _out_of_range(field)
    if field.kind == "url" and isinstance(made, str) and made and not _is_url(made):
        raise _wrong(field, "an address such as https://host/path", "url")
    return made


def _wrong(field: Field, wanted: str, why: str, **parameters: object) -> WrongSetting:
    return WrongSetting(f"{field.name}: {wanted} is expected", field.name, why, **parameters)


def _of_type(field: Field, type_: Any) -> WrongSetting:
    if field.choices:
        choices = ", ".join(field.choices)
        return _wrong(field, f"one of {choices}", "oneOf", choices=choices)
    return _wrong(field, _TYPES[_plain(type_)][1], field.kind)


def _within(field: Field, value: float) -> bool:
    least, most = field.minimum, field.maximum
    return (least is None or least <= value) and (most is None or value <= most)


def _out_of_range(field: Field) -> WrongSetting:
    least, most = field.minimum, field.maximum
    if least is None:
        return _wrong(field, f"{most:g} at most", "atMost", most=most)
    if most is None:
        return _wrong(field, f"{least:g} at least", "atLeast", least=least)
    return _wrong(field, f"{least:g} to {most:g}", "range", least=least, most=most)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.hostname) and not any(c.isspace() for c in text)


def _named(words: str, fields: list[tuple[dataclasses.Field[Any], Any]]) -> str | None:
    """The field that words such as `port: needed` are about."""
    name = words.partition(":")[0]
    return name if any(name == each.name for each, _ in fields) else None
