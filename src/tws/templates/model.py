"""What an import does, or would do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tws.organisation.model import Domain
from tws.sentences import Sentence

Validate = Callable[[str, Mapping[str, object]], object]
"(dialect or connector, settings): Invalid with words where they cannot be."


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """What is asked of settings before they are written."""

    check_plan: Callable[[Domain], Domain]
    links: Validate
    directories: Validate
    calendars: Validate


class RowKind(StrEnum):
    DOMAIN = "domain"
    GROUP = "group"
    LINK = "link"
    QUEUE = "queue"
    INTERCOM_GROUP = "intercomGroup"
    DIRECTORY = "directory"
    USER_IMPORT = "userImport"
    COLLABORATION = "collaboration"
    PARAMETER = "parameter"
    GRANT = "grant"


class ImportOutcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    SAME = "same"
    "It is there as it stands in the file."
    KEPT = "kept"
    "It is there and is otherwise; asked for, it is changed."
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What comes of one row of the file."""

    kind: RowKind
    name: str
    domain: str
    "Empty = none."
    outcome: ImportOutcome
    said: Sentence | None = None
    "Why it is refused."
    secrets: tuple[str, ...] = ()
    "What is to be filled in afterwards."
