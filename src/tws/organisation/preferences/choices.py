"""What there is to choose, and what it is where nothing was chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tws.organisation.applications import Application

LAST_KEY = 11
"Ctrl+F1 to Ctrl+F11 (9.1.8)."
SELECTED_KEYS = "Ctrl+F12"
"Calls what is selected, where nothing else was chosen."


class Trigger(StrEnum):
    """When the card of somebody who calls is shown (9.2)."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ON_CLICK = "onClick"
    "There is a button for it while the call rings."
    NEVER = "never"


class Sound(StrEnum):
    """What the page plays while a call rings; the page itself makes the tones."""

    OFF = "off"
    BELL = "bell"
    CHIME = "chime"
    PULSE = "pulse"


class MissedCallMails(StrEnum):
    """Whether calls that nobody answered are told by e-mail (9.1.5)."""

    NEVER = "never"
    AT_ONCE = "atOnce"
    DIGEST = "digest"
    "Those of some minutes in one mail."


LEAST_MINUTES, MOST_MINUTES = 1, 240
"For which a digest gathers calls."


@dataclass(frozen=True, slots=True)
class EmailNotification:
    """What is told a user by e-mail (9.1.5, 9.1.8 `AuthorizedEmailNotification`)."""

    missed_calls: MissedCallMails = MissedCallMails.NEVER
    minutes: int = 2
    "Of a digest, from its first call on: `LEAST_MINUTES` to `MOST_MINUTES`."
    voice_messages: bool = False
    address: str = ""
    "Where to; empty = the address of the account."
    culture: str = ""
    "fr or en: that of the page on which it was chosen, for whoever has the browser's language."


@dataclass(frozen=True, slots=True)
class HotKey:
    """A shortcut that calls a number of a contact."""

    key: int
    "1 to `LAST_KEY`."
    number: str
    "As people write it: the dial plan reads it."
    contact: str = ""
    "Id of whose it is; empty = nobody's. The contact may be gone."


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing is heard and nothing is notified, by the clock of the domain's time zone. Hours
    that end before they begin go on until the next day; the same hour twice: all day."""

    days: tuple[int, ...]
    "On which they begin: 1 = Monday to 7 = Sunday."
    start: str
    "HH:MM."
    end: str
    "HH:MM."


@dataclass(frozen=True, slots=True)
class Choices:
    """One user's. Kept whole, so that one more of them needs no change of the table."""

    vip_colour: str = ""
    "Behind a ringing call of an important person, as #rrggbb; empty = the page's own."
    hot_keys: tuple[HotKey, ...] = ()
    selected_by_key: bool = True
    "A key calls the number that is selected."
    selected_keys: str = SELECTED_KEYS
    "That key, as `Ctrl+F12` or `Ctrl+Alt+D`."
    space_answers: bool = True
    hide_number: bool = False
    "Who is called is not told the number, unless the call says otherwise."
    screen_pop: Trigger = Trigger.ON_CLICK
    sound: Sound = Sound.OFF
    quiet: bool = False
    "Nothing is heard and nothing is notified until this is switched off."
    quiet_hours: QuietHours | None = None
    alerter_fields: tuple[str, ...] = ()
    "Labels of the private fields that are shown of somebody who calls."
    queue_fields: tuple[str, ...] = ()
    "The same of somebody who calls a queue."
    emails: EmailNotification = EmailNotification()
    notified_by_helper: bool = False
    "Calls are shown as notifications of the computer by the helper of the desk."


def beginning(applications: Collection[Application]) -> Choices:
    """Of who has chosen nothing yet: the Alerter is given to be seen while a call rings."""
    if Application.ALERTER in applications:
        return Choices(screen_pop=Trigger.RINGING)
    return Choices()
