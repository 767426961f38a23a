"""Parameters of applications (9): which there are, and what each is for somebody.

A value is set for a user, a group, a domain, or the company as a whole; else it is the one that
TWS comes with. The nearest one counts: user, group, domain, default (AMB-15). No parameter is a
secret: whoever may look at one sees its value.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from tws.errors import Invalid, NotFound
from tws.organisation import words
from tws.organisation.actor import DomainId, UserId
from tws.organisation.model import Group, ParameterValue
from tws.organisation.registry import Registry
from tws.organisation.words import fold

Data = str | int | bool
LONGEST = 1000
CALLER = "TWS Caller"
AUTH_METHODS = "AuthMethods"
AUTH_LDAP_SERVER = "AuthLdapServer"
AUTH_LDAP_PORT = "AuthLdapPort"
AUTH_LDAP_DN = "AuthLdapDn"
AUTH_LDAP_TLS = "AuthLdapTls"
AUTH_LDAP_CERTIFICATE = "AuthLdapCertificate"
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Level(StrEnum):
    """At which a parameter may be set (AMB-29)."""

    DEFAULT = "default"
    "For the company as a whole."
    DOMAIN = "domain"
    GROUP = "group"
    USER = "user"


ALL_LEVELS = frozenset(Level)


class ValueKind(StrEnum):
    TEXT = "text"
    YES_NO = "yesNo"
    NUMBER = "number"
    TIME = "time"
    "HH:MM, in the domain's time zone (AMB-26)."
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    application: str
    "As the guide lists them: TWS Server, TWS Caller, ..."
    name: str
    "As the guide spells it."
    kind: ValueKind
    default: Data
    levels: frozenset[Level] = ALL_LEVELS
    expert: bool = False
    "Shown in expert mode only."
    aliases: tuple[str, ...] = ()
    "Other spellings that are understood (AMB-16)."
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000
    check: Callable[[str], None] | None = None
    "ValueError with words for a text that cannot be right."
    wrong: str | None = None
    "The code by which pages say these words."

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
            case ValueKind.TEXT if isinstance(value, str):
                return self._text(words.optional(value, "value", longest=LONGEST))
        what, why = _EXPECTED[self.kind]
        raise Invalid(f"{self.name} is {what}.", field="value", why=why)

    def _text(self, text: str) -> str:
        if self.check is not None:
            try:
                self.check(text)
            except ValueError as error:
                raise Invalid(
                    str(error), field="value", why=self.wrong, parameters={"place": "{0}"}
                ) from error
        return text


_EXPECTED: Mapping[ValueKind, tuple[str, str | None]] = {
    ValueKind.TEXT: ("a text", "text"),
    ValueKind.YES_NO: ("yes or no", "switch"),
    ValueKind.NUMBER: ("a whole number", "number"),
    ValueKind.TIME: ("a time as HH:MM", "time"),
    ValueKind.CHOICE: ("one of its choices", None),
}
"In words, and the code by which pages say it."


def _map_service(text: str) -> None:
    """People click on it: no other scheme may hide there."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "{0}" not in text:
        raise ValueError("this looks like https://maps.example/search?q={0}, {0} = the address")


DEFINITIONS: tuple[Parameter, ...] = (
    Parameter(
        application="TWS Server",
        name=AUTH_METHODS,
        kind=ValueKind.TEXT,
        default="TWS",
    ),
    Parameter(application="TWS Server", name=AUTH_LDAP_SERVER, kind=ValueKind.TEXT, default=""),
    Parameter(application="TWS Server", name=AUTH_LDAP_PORT, kind=ValueKind.NUMBER, default=389),
    Parameter(application="TWS Server", name=AUTH_LDAP_DN, kind=ValueKind.TEXT, default="?"),
    Parameter(
        application="TWS Server", name=AUTH_LDAP_TLS, kind=ValueKind.TEXT, default="starttls"
    ),
    Parameter(
        application="TWS Server", name=AUTH_LDAP_CERTIFICATE, kind=ValueKind.TEXT, default=""
    ),
    Parameter(
        application="TWS Server",
        name="timeSynchronizationDirectories",
        kind=ValueKind.TIME,
        default="03:00",
        levels=frozenset({Level.DEFAULT, Level.DOMAIN}),
        expert=True,
    ),
    Parameter(
        application="TWS Server",
        name="CalendarRefreshMinutes",
        kind=ValueKind.NUMBER,
        default=5,
        levels=frozenset({Level.DEFAULT, Level.DOMAIN}),
        expert=True,
        least=1,
        most=1440,
    ),
    # Nobody learns what a meeting is about, or that there is a private one, before somebody who
    # may decide it says so.
    Parameter(
        application=CALLER,
        name="DisplayCalendarSummary",
        kind=ValueKind.YES_NO,
        default=False,
    ),
    Parameter(
        application=CALLER,
        name="DisplayCalendarPrivate",
        kind=ValueKind.YES_NO,
        default=False,
    ),
    Parameter(
        application=CALLER,
        name="MapServiceURL",
        kind=ValueKind.TEXT,
        default="https://www.openstreetmap.org/search?query={0}",
        check=_map_service,
        wrong="mapAddress",
    ),
    *(
        Parameter(
            application=CALLER, name=name, kind=ValueKind.YES_NO, default=True, expert=expert
        )
        for name, expert in (
            ("AuthorizeContactFavorite", False),
            ("AuthorizePublicList", False),
            ("AuthorizedAdvancedSearch", True),
            ("AuthorizedCalendarPresences", True),
        )
    ),
)
_NAMED = {fold(name): each for each in DEFINITIONS for name in (each.name, *each.aliases)}


def parameter(name: str) -> Parameter:
    """By its name or an alias, case-blind; NotFound."""
    found = _NAMED.get(fold(name.strip()))
    if found is None:
        raise NotFound("There is no such parameter.", field="parameter")
    return found


# ---------------------------------------------------------------- for somebody


@dataclass(frozen=True, slots=True)
class Setting:
    """What was set somewhere."""

    level: Level
    value: Data
    row: ParameterValue | None
    "None: what TWS comes with."
    name: str = ""
    "Of the user, group or domain."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a parameter is what it is for a user."""

    parameter: Parameter
    winner: Setting
    losers: tuple[Setting, ...]
    "What would count without those before."

    @property
    def value(self) -> Data:
        return self.winner.value


class Parameters:
    """What parameters are, out of memory: true at once after every change."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def effective(self, user: UserId, name: str) -> Data:
        """NotFound for an unknown parameter or user."""
        return self.explain(user, name).value

    def effective_in(self, domain: DomainId, name: str) -> Data:
        """For what belongs to a domain and to no user; NotFound."""
        return self._ordered(parameter(name), domain=domain)[0].value

    def explain(self, user: UserId, name: str) -> Explanation:
        """NotFound for an unknown parameter or user."""
        row = self._registry.users.get(user)
        if row is None:
            raise NotFound("There is no such user.")
        asked = parameter(name)
        winner, *losers = self._ordered(asked, user=user, domain=row.domain)
        return Explanation(asked, winner, tuple(losers))

    def _ordered(
        self, asked: Parameter, *, domain: DomainId, user: UserId | None = None
    ) -> list[Setting]:
        """The nearest first."""
        known = self._registry
        place = known.domains.get(domain)
        if place is None:
            raise NotFound("There is no such domain.")
        holders: list[tuple[Level, str, str]] = []
        if user is not None:
            holders.append((Level.USER, user, known.users[user].username))
            groups = sorted(known.groups_of(user), key=_rank)
            holders += [(Level.GROUP, group.id, group.name) for group in groups]
        holders += [(Level.DOMAIN, place.id, place.name), (Level.DEFAULT, place.company, "")]
        found = [
            Setting(level, row.value, row, called)
            for level, id, called in holders
            if level in asked.levels and (row := known.parameter_value(asked.name, id)) is not None
        ]
        return [*found, Setting(Level.DEFAULT, asked.default, None)]


def _rank(group: Group) -> tuple[int, str, str]:
    return group.rank, fold(group.name), group.id
