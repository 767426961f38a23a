"""What a parameter of an application is: of which kind, where it may be set, and which values can
be right."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tws.errors import Invalid, invalid
from tws.forms import WrongValue
from tws.organisation import words
from tws.organisation.words import fold
from tws.sentences import sentence

Data = str | int | bool
LONGEST = 1000
JOINED = "|"
"Between several choices (6.1)."
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Level(StrEnum):
    """At which a parameter may be set."""

    DEFAULT = "default"
    "For the company as a whole."
    DOMAIN = "domain"
    GROUP = "group"
    USER = "user"


ALL_LEVELS = frozenset(Level)
DEFAULT_ONLY = frozenset({Level.DEFAULT})
OF_USERS = frozenset({Level.USER})
DOMAINS = frozenset({Level.DEFAULT, Level.DOMAIN})


class ValueKind(StrEnum):
    TEXT = "text"
    YES_NO = "yesNo"
    NUMBER = "number"
    TIME = "time"
    "HH:MM, in the domain's time zone."
    CHOICE = "choice"
    SEVERAL = "several"
    "One or more of its choices, each once, with `|` between them."
    GROUP = "group"
    "Name of a group of users of the company, or nothing."
    INTERCOM_GROUP = "intercomGroup"
    "Name of an intercom group of the company, or nothing."
    FILE = "file"
    "Name of a file of the company's, or nothing; it may come later."
    SECRET = "secret"  # noqa: S105 - a word
    "Sealed for the value's row and the parameter's name (`tws.storage.secrets`); never shown."


class Unit(StrEnum):
    """Of a number."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    DAYS = "days"
    CALLS = "calls"
    PIXELS = "pixels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    application: str
    "As the guide lists them: TWS Server, TWS Caller, ..."
    name: str
    "As the guide spells it."
    kind: ValueKind
    default: Data
    help: str
    "One or two sentences; pages find the French by them (`tws.sentences`)."
    served: bool = True
    "Whether something reads it already; else it is stored, and pages say so."
    levels: frozenset[Level] = ALL_LEVELS
    expert: bool = False
    "Shown in expert mode only."
    aliases: tuple[str, ...] = ()
    "Other spellings that are understood."
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000
    unit: Unit | None = None
    check: Callable[[str], None] | None = None
    "WrongValue for a text that cannot be right."
    kept: Callable[[str], str] | None = None
    "What is kept in the place of a secret."

    def checked(self, value: Data) -> Data:
        """As it is stored; Invalid with words."""
        match self.kind:
            case ValueKind.YES_NO if isinstance(value, bool):
                return value
            case ValueKind.NUMBER if isinstance(value, int) and not isinstance(value, bool):
                return words.whole(value, "value", self.least, self.most)
            case ValueKind.TIME if isinstance(value, str) and _TIME.fullmatch(value):
                return value
            case ValueKind.CHOICE if isinstance(value, str):
                return words.one_of(value, "value", self.choices)
            case ValueKind.SEVERAL if isinstance(value, str):
                return self._several(value)
            case ValueKind.SECRET if isinstance(value, str):
                # Blanks around a password belong to it.
                words.not_longer(value, "value", LONGEST)
                return value
            case ValueKind.TEXT | ValueKind.GROUP | ValueKind.INTERCOM_GROUP | ValueKind.FILE if (
                isinstance(value, str)
            ):
                return self._text(words.optional(value, "value", longest=LONGEST))
        what, why = _EXPECTED[self.kind]
        raise Invalid(f"{self.name} is {what}.", field="value", why=why)

    def _text(self, text: str) -> str:
        if self.check is not None:
            try:
                self.check(text)
            except WrongValue as error:
                raise invalid(error.said, field="value") from error
        return text

    def _several(self, text: str) -> str:
        """In the order in which they are given, as the guide spells them."""
        known = {fold(choice): choice for choice in self.choices}
        found: list[str] = []
        for word in (each.strip() for each in text.split(JOINED)):
            choice = known.get(fold(word))
            if choice is None:
                raise Invalid(
                    f"{word or 'nothing'} is none of {', '.join(self.choices)}",
                    field="value",
                    why="oneOf",
                    parameters={"choices": ", ".join(self.choices)},
                )
            if choice in found:
                raise invalid(
                    sentence("{choice} stands there twice", choice=choice), field="value"
                )
            found.append(choice)
        return JOINED.join(found)


_EXPECTED: Mapping[ValueKind, tuple[str, str | None]] = {
    ValueKind.TEXT: ("a text", "text"),
    ValueKind.YES_NO: ("yes or no", "switch"),
    ValueKind.NUMBER: ("a whole number", "number"),
    ValueKind.TIME: ("a time as HH:MM", "time"),
    ValueKind.CHOICE: ("one of its choices", None),
    ValueKind.SEVERAL: ("one or more of its choices", None),
    ValueKind.GROUP: ("the name of a group", "text"),
    ValueKind.INTERCOM_GROUP: ("the name of an intercom group", "text"),
    ValueKind.FILE: ("the name of a file", "text"),
    ValueKind.SECRET: ("a text", "text"),
}
"In words, and the code by which pages say it."
