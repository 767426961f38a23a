"""What you choose for yourself in the Caller, and the language of the pages."""

from typing import Annotated, Any, Literal

from fastapi import Response
from pydantic import Field

from tws.errors import missing
from tws.organisation.preferences.choices import (
    LAST_KEY,
    LEAST_MINUTES,
    MOST_MINUTES,
    SELECTED_KEYS,
    EmailNotification,
    HotKey,
    MissedCallMails,
    QuietHours,
    Sound,
    Trigger,
)
from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number, Text, Version
from tws.web.shown.accounts import MeValue, user
from tws.web.shown.preferences import MyPreferencesValue, preferences
from tws.web.shown.values import Value

router = Operations(tags=["access"])
CHANGING = ("badRequest", "notSignedIn", "notAllowed", "invalid", "unavailable")
OneOf = Annotated[Trigger, Field(strict=False)]
OneMails = Annotated[MissedCallMails, Field(strict=False)]
OneSound = Annotated[Sound, Field(strict=False)]


class HotKeyBody(Body):
    key: int = Field(ge=1, le=LAST_KEY, description="1 to 11: Ctrl+F1 to Ctrl+F11.")
    number: Number = Field(examples=["4002"])
    contact: Id | None = Field(None, description="Id of the contact whose it is.")


class QuietHoursBody(Body):
    days: list[int] = Field(
        max_length=7, description="On which they begin: 1 = Monday.", examples=[[1, 2, 3, 4, 5]]
    )
    start: Text = Field(examples=["18:00"])
    end: Text = Field(examples=["08:00"])


class EmailNotificationBody(Body):
    """What is left out is as it was before anything was chosen."""

    missed_calls: OneMails = MissedCallMails.NEVER
    minutes: int = Field(default=2, ge=LEAST_MINUTES, le=MOST_MINUTES, description="Of a digest.")
    voice_messages: bool = False
    address: Text | None = Field(
        default=None,
        description="Null = the e-mail address of the account.",
        examples=["alice@company.example"],
    )
    culture: Literal["fr", "en"] | None = Field(
        default=None, description="Of the mails, for whoever has the browser's language."
    )


class UpdateMyPreferencesBody(Body):
    version: Version
    vip_colour: Text | None = Field(None, description="Null = the page's own.")
    hot_keys: list[HotKeyBody] = Field([], max_length=LAST_KEY)
    selected_by_key: bool = True
    selected_keys: Text = Field(SELECTED_KEYS, examples=["Ctrl+Alt+D"])
    space_answers: bool = True
    hide_number: bool = False
    screen_pop: OneOf = Trigger.ON_CLICK
    sound: OneSound = Sound.OFF
    quiet: bool = False
    quiet_hours: QuietHoursBody | None = None
    alerter_fields: list[Text] = Field([], max_length=100)
    queue_fields: list[Text] = Field([], max_length=100)
    emails: EmailNotificationBody = EmailNotificationBody()
    notified_by_helper: bool = False


class SetMyLanguageBody(Body):
    culture: Literal["Auto", "fr", "en"] = Field(description="`Auto`: the browser's.")


@router.get(
    "/preferences",
    operation_id="getMyPreferences",
    responses=answers(MyPreferencesValue, "notSignedIn", "notAllowed"),
)
async def get_my_preferences(rooms: InRooms, actor: User) -> Response:
    """What you chose for yourself; the live stream has it as `preferences`."""
    return answer(preferences(rooms.organisation.preferences.own_preferences(actor)))


@router.patch(
    "/preferences",
    operation_id="updateMyPreferences",
    responses=answers(MyPreferencesValue, *CHANGING, "notFound", "conflict"),
)
async def update_my_preferences(
    rooms: InRooms, actor: User, body: UpdateMyPreferencesBody
) -> Response:
    """Choose something else. What is left out stays; a parameter may forbid some of it."""
    given = _chosen(body)
    row = await rooms.organisation.preferences.choose_preferences(actor, body.version, **given)
    return answer(preferences(row))


@router.put(
    "/language",
    operation_id="setMyLanguage",
    responses=answers(MeValue, *CHANGING, "notFound"),
)
async def set_my_language(
    rooms: InRooms, known: InKnown, actor: User, body: SetMyLanguageBody
) -> Response:
    """Choose the language of the pages, and of the mails that TWS sends you."""
    row = await rooms.organisation.preferences.choose_language(actor, body.culture)
    value: Value | None = user(known, row.id)
    if value is None:
        raise missing("user")
    return answer(value)


def _chosen(body: UpdateMyPreferencesBody) -> dict[str, Any]:
    """By the names of `Choices`."""
    given = body.given("version")
    if "vip_colour" in given:
        given["vip_colour"] = body.vip_colour or ""
    if "hot_keys" in given:
        given["hot_keys"] = tuple(
            HotKey(one.key, one.number, one.contact or "") for one in body.hot_keys
        )
    if (hours := given.get("quiet_hours")) is not None:
        given["quiet_hours"] = QuietHours(tuple(hours.days), hours.start, hours.end)
    if "emails" in given:
        told = body.emails
        given["emails"] = EmailNotification(
            told.missed_calls,
            told.minutes,
            told.voice_messages,
            told.address or "",
            told.culture or "",
        )
    for name in ("alerter_fields", "queue_fields"):
        if name in given:
            given[name] = tuple(given[name])
    return given
