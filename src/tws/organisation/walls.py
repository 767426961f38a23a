"""What the organisation asks of the walls, whose windows nobody here knows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from tws.organisation.applications import Application
from tws.organisation.model import DirectoryKind, Domain

Validate = Callable[[str, Mapping[str, object]], Mapping[str, object]]
"(dialect or connector, settings) -> the settings as they are stored; Invalid with words."
CheckPlan = Callable[[Domain], Domain]
"The domain, where its dial plan can be used as it stands; else Invalid with words."
SecretFields = Callable[[str], Iterable[str]]
"Which settings of a dialect, or of a connector, are secret."
CheckMapping = Callable[[Mapping[str, str]], Mapping[str, str]]
"A directory's mapping as it is stored; Invalid names the internal field (`field`)."

RefuseBeyond = Callable[[Application, int], None]
"(application, how many more users) -> Conflict with the numbers where the licence has too few."


def as_many_as_one_likes(application: Application, more: int) -> None:
    """Where there are no licences."""


SameServer = Callable[[str, Mapping[str, object], str, Mapping[str, object]], bool]
"""(connector, settings) of a directory and of a source of calendars: whether users' own accounts
with the source are good for the directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What a wall says of the settings of its windows, by name: of dialects, of connectors. Each
    raises Invalid with words for one that is not there or cannot be used."""

    validate: Validate
    secret_fields: SecretFields
    where_fields: SecretFields
    "Which settings say to whom the secret ones are told."


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectors(Forms):
    """The same, and more, of connectors to other people's directories."""

    kinds: Callable[[str], Collection[DirectoryKind]]
    "Which kinds of directories it can be."
    same_server: SameServer = lambda *_: False
    users: Callable[[str], bool] = lambda _: False
    "Whether users are imported from it."


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarConnectors(Forms):
    """The same, and more, of connectors of calendars."""

    accounts: Callable[[str], bool]
    "Whether users may have accounts of their own with such a source."
