"""Which choices can be right. Invalid says in words what is wrong, and with which field."""

import re
from dataclasses import replace

from tws.errors import Invalid, invalid
from tws.forms import WrongValue
from tws.organisation import words
from tws.organisation.parameters.checking import mail_address
from tws.organisation.preferences.choices import (
    LAST_KEY,
    LEAST_MINUTES,
    MOST_MINUTES,
    Choices,
    EmailNotification,
    HotKey,
    QuietHours,
)
from tws.sentences import sentence

MOST_FIELDS = 10
LONGEST_NUMBER = 64
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_CONTACT = re.compile(r"[0-9A-Za-z-]{0,36}")
_HELD = ("Ctrl", "Alt", "Shift", "Super")
_KEY = re.compile(r"F([1-9]|1[0-2])|[A-Z0-9]")
_OF_OTHERS = re.compile(r"Ctrl\+F([1-9]|1[01])|(Ctrl\+)?Alt\+F[1-9]|Ctrl\+Alt\+F1[0-2]")
"Of cards; of windows, and of the consoles of Linux."
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def checked(choices: Choices) -> Choices:
    """As they are stored."""
    quiet_hours = choices.quiet_hours
    return replace(
        choices,
        vip_colour=_colour(choices.vip_colour),
        hot_keys=_hot_keys(choices.hot_keys),
        selected_keys=_keys(choices.selected_keys),
        quiet_hours=None if quiet_hours is None else _quiet_hours(quiet_hours),
        alerter_fields=_labels(choices.alerter_fields, "alerterFields"),
        queue_fields=_labels(choices.queue_fields, "queueFields"),
        emails=_emails(choices.emails),
    )


def _colour(text: str) -> str:
    colour = text.strip().lower()
    if colour and not _COLOUR.fullmatch(colour):
        raise invalid(sentence("a colour is written as #rrggbb"), field="vipColour")
    return colour


def _hot_keys(keys: tuple[HotKey, ...]) -> tuple[HotKey, ...]:
    """In their order."""
    taken: set[int] = set()
    for one in keys:
        words.whole(one.key, "hotKeys", 1, LAST_KEY)
        if one.key in taken:
            raise invalid(sentence("Ctrl+F{key} stands there twice", key=one.key), field="hotKeys")
        taken.add(one.key)
    return tuple(sorted(map(_hot_key, keys), key=lambda one: one.key))


def _hot_key(one: HotKey) -> HotKey:
    number = words.optional(one.number, "hotKeys", longest=LONGEST_NUMBER)
    if not any(sign in "0123456789*#" for sign in number):
        raise invalid(
            sentence("Ctrl+F{key} needs a number that can be dialled", key=one.key),
            field="hotKeys",
        )
    if not _CONTACT.fullmatch(one.contact):
        raise invalid(
            sentence("this is no contact: {contact}", contact=one.contact), field="hotKeys"
        )
    return replace(one, number=number)


def _keys(text: str) -> str:
    """In one spelling: a key between F1 and F12 held with Ctrl, Alt or Super, or a letter or a
    digit held with two of them or Super. What cards and every program have is not among them."""
    *held, key = (part.strip().capitalize() for part in text.split("+"))
    held = [name for name in _HELD if name in held and held.count(name) == 1]
    spelt = "+".join([*held, key])
    if (
        len(held) != text.count("+")
        or not _KEY.fullmatch(key)
        or not set(held) - {"Shift"}
        or (len(key) == 1 and len(held) < 2 and "Super" not in held)
        or _OF_OTHERS.fullmatch(spelt)
    ):
        raise invalid(
            sentence("a shortcut is written as Ctrl+F12 or Ctrl+Alt+D, and is none of a card's"),
            field="selectedKeys",
        )
    return spelt


def _quiet_hours(hours: QuietHours) -> QuietHours:
    for time in (hours.start, hours.end):
        if not _TIME.fullmatch(time):
            raise Invalid("an hour is written as HH:MM", field="quietHours", why="timeOfDay")
    if not hours.days:
        raise invalid(sentence("quiet hours need a day at least"), field="quietHours")
    for day in hours.days:
        words.whole(day, "quietHours", 1, 7)
    return replace(hours, days=tuple(sorted(set(hours.days))))


def _emails(told: EmailNotification) -> EmailNotification:
    """Its address is one to which mails go."""
    words.whole(told.minutes, "emails", LEAST_MINUTES, MOST_MINUTES)
    address = words.email(told.address, "emails")
    try:
        mail_address(address)
    except WrongValue as error:
        raise invalid(error.said, field="emails") from error
    return replace(told, address=address)


def _labels(labels: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Each once, in the order in which they are shown."""
    if len(labels) > MOST_FIELDS:
        raise invalid(sentence("{most} fields at most", most=MOST_FIELDS), field=field)
    return tuple(dict.fromkeys(words.name(label, field, words="a label") for label in labels))
