"""What a user chose for himself in the Caller."""

from collections.abc import Collection
from typing import Annotated

import msgspec

from tws.organisation.applications import Application
from tws.organisation.model import Preferences
from tws.organisation.preferences.choices import (
    EmailNotification,
    HotKey,
    MissedCallMails,
    QuietHours,
    Sound,
    Trigger,
    beginning,
)
from tws.web.shown.values import Value

Key = Annotated[int, msgspec.Meta(description="1 to 11: Ctrl+F1 to Ctrl+F11.")]


class HotKeyValue(Value):
    """A shortcut that calls a number."""

    key: Key
    number: Annotated[str, msgspec.Meta(description="As people write it.")]
    contact: Annotated[
        str | None,
        msgspec.Meta(
            description="Id of the contact whose it is; it may be gone. Null = nobody's."
        ),
    ]


class QuietHoursValue(Value):
    """When nothing is heard and nothing is notified, by the clock of your domain's time zone.
    Hours that end before they begin go on until the next day; the same hour twice: all day."""

    days: Annotated[
        list[int], msgspec.Meta(description="On which they begin: 1 = Monday to 7 = Sunday.")
    ]
    start: Annotated[str, msgspec.Meta(description="HH:MM.")]
    end: Annotated[str, msgspec.Meta(description="HH:MM.")]


class EmailNotificationValue(Value):
    """What is told you by e-mail."""

    missed_calls: Annotated[
        MissedCallMails,
        msgspec.Meta(description="Calls that nobody answered: `digest` gathers some of them."),
    ]
    minutes: Annotated[int, msgspec.Meta(description="For which a digest gathers calls.")]
    voice_messages: bool
    address: Annotated[
        str | None,
        msgspec.Meta(description="Where to; null = the e-mail address of your account."),
    ]
    culture: Annotated[
        str | None,
        msgspec.Meta(description="`fr` or `en`: of the page on which this was chosen."),
    ]


class MyPreferencesValue(Value):
    """What you chose for yourself in the Caller."""

    version: Annotated[int, msgspec.Meta(description="0 while nothing was chosen.")]
    vip_colour: Annotated[
        str | None,
        msgspec.Meta(
            description="Behind a ringing call of an important person, as `#rrggbb`; null = the"
            " page's own."
        ),
    ]
    hot_keys: list[HotKeyValue]
    selected_by_key: Annotated[
        bool, msgspec.Meta(description="A key calls the number that is selected.")
    ]
    selected_keys: Annotated[
        str, msgspec.Meta(description="That key, as `Ctrl+F12` or `Ctrl+Alt+D`.")
    ]
    space_answers: bool
    hide_number: Annotated[
        bool, msgspec.Meta(description="Whom you call is not told your number.")
    ]
    screen_pop: Annotated[
        Trigger, msgspec.Meta(description="When the card of somebody who calls is shown.")
    ]
    sound: Annotated[Sound, msgspec.Meta(description="While a call rings.")]
    quiet: Annotated[bool, msgspec.Meta(description="Nothing is heard and nothing is notified.")]
    quiet_hours: QuietHoursValue | None
    alerter_fields: Annotated[
        list[str],
        msgspec.Meta(description="Labels of the private fields that are shown of a caller."),
    ]
    queue_fields: Annotated[
        list[str], msgspec.Meta(description="The same of somebody who calls a queue.")
    ]
    emails: EmailNotificationValue
    notified_by_helper: Annotated[
        bool,
        msgspec.Meta(description="The helper of the desk shows calls as the computer's own."),
    ]


def preferences(
    row: Preferences | None, applications: Collection[Application] = ()
) -> MyPreferencesValue:
    """`None`: nothing was chosen, by whoever has these applications."""
    chosen = beginning(applications) if row is None else row.chosen
    return MyPreferencesValue(
        version=0 if row is None else row.version,
        vip_colour=chosen.vip_colour or None,
        hot_keys=[_hot_key(one) for one in chosen.hot_keys],
        selected_by_key=chosen.selected_by_key,
        selected_keys=chosen.selected_keys,
        space_answers=chosen.space_answers,
        hide_number=chosen.hide_number,
        screen_pop=chosen.screen_pop,
        sound=chosen.sound,
        quiet=chosen.quiet,
        quiet_hours=None if chosen.quiet_hours is None else quiet_hours(chosen.quiet_hours),
        alerter_fields=list(chosen.alerter_fields),
        queue_fields=list(chosen.queue_fields),
        emails=_emails(chosen.emails),
        notified_by_helper=chosen.notified_by_helper,
    )


def _hot_key(one: HotKey) -> HotKeyValue:
    return HotKeyValue(key=one.key, number=one.number, contact=one.contact or None)


def quiet_hours(hours: QuietHours) -> QuietHoursValue:
    return QuietHoursValue(days=list(hours.days), start=hours.start, end=hours.end)


def _emails(told: EmailNotification) -> EmailNotificationValue:
    return EmailNotificationValue(
        missed_calls=told.missed_calls,
        minutes=told.minutes,
        voice_messages=told.voice_messages,
        address=told.address or None,
        culture=told.culture or None,
    )
