"""TWS Caller: what its users may do, and see of each other (9.1)."""

from functools import partial

from tws.organisation.parameters import checking
from tws.organisation.parameters.parameter import DOMAINS, Parameter, ValueKind

APPLICATION = "TWS Caller"

MAP_SERVICE_URL = "MapServiceURL"
VM_NUMBER = "vmNumber"
AUTHORIZE_CHAT = "AuthorizeChat"
AUTHORIZED_EXTERNAL_CHAT = "AuthorizedExternalChat"
AUTHORIZED_MULTI_CHAT = "AuthorizedMultiChat"
AUTHORIZED_SAVE_CHAT = "AuthorizedSaveChat"
AUTHORIZE_CONTACT_FAVORITE = "AuthorizeContactFavorite"
AUTHORIZE_HOT_KEYS = "AuthorizeHotKeys"
AUTHORIZE_HOT_KEYS_EXE = "AuthorizeHotKeysExe"
AUTHORIZE_NOTE = "AuthorizeNote"
AUTHORIZE_PUBLIC_LIST = "AuthorizePublicList"
AUTHORIZE_SIMPLE_RULES = "AuthorizeSimpleRules"
AUTHORIZE_SMS = "AuthorizeSms"
AUTHORIZED_ADVANCED_SEARCH = "AuthorizedAdvancedSearch"
AUTHORIZED_CALENDAR_PRESENCES = "AuthorizedCalendarPresences"
AUTHORIZED_PHONE_SUPERVISION_PRESENCES = "AuthorizedPhoneSupervisionPresences"
AUTHORIZED_CUSTOM_MESSAGE_PRESENCES = "AuthorizedCustomMessagePresences"
AUTHORIZED_EMAIL_NOTIFICATION = "AuthorizedEmailNotification"
AUTHORIZED_CREATE_PROFIL = "AuthorizedCreateProfil"
AUTHORIZED_CURRENT_DEVICE = "AuhtorizedCurrentDevice"
"Spelled as the guide spells it."
AUTHORIZE_INTERCEPTION = "AuthorizeInterception"
AUTHORIZE_SHARE_RULES_GROUP = "AuthorizeShareRulesGroup"
AUTHORIZE_SUPERVISION_INFORMATION = "AuthorizeSupervisionInformation"
SUPERVISION_INFORMATION_GROUP = "SupervisionInformationGroup"
AUTHORIZED_FORWARD_ORIGIN_ALL = "AuthorizedForwardOriginAll"
AUTHORIZED_FORWARD_ORIGIN_EXTERNAL = "AuthorizedForwardOriginExternal"
AUTHORIZED_FORWARD_ORIGIN_INTERNAL = "AuthorizedForwardOriginInternal"
AUTHORIZED_FORWARD_PRESENCE_ABSENT = "AuthorizedForwardPresenceAsbsent"
AUTHORIZED_FORWARD_PRESENCE_BUSY = "AuthorizedForwardPresenceBusy"
AUTHORIZED_FORWARD_PRESENCE_CALENDAR = "AuthorizedForwardPresenceCalendar"
AUTHORIZED_FORWARD_PRESENCE_OFFLINE = "AuthorizedForwardPresenceOffline"
AUTHORIZED_FORWARD_PRESENCE_ONLINE = "AuthorizedForwardPresenceOnline"
AUTHORIZED_FORWARD_TYPE_BUSY = "AuthorizedForwardTypeBusy"
AUTHORIZED_FORWARD_TYPE_IMMEDIATE = "AuthorizedForwardTypeImmediate"
AUTHORIZED_FORWARD_TYPE_NO_ANSWER = "AuthorizedForwardTypeNoAnswer"
DISPLAY_SIMPLE_RULES = "DisplaySimpleRules"

_of = partial(Parameter, application=APPLICATION)
# Yes but where others lose something by it, or a provider is needed.
_may = partial(_of, kind=ValueKind.YES_NO, default=True)
_later = partial(_may, served=False)
_forward = partial(_may, expert=True)

PARAMETERS = (
    _of(
        name=MAP_SERVICE_URL,
        kind=ValueKind.TEXT,
        default="https://www.openstreetmap.org/search?query={0}",
        check=checking.map_service,
        help="The map that a postal address opens; {0} is the address.",
    ),
    _of(
        name=VM_NUMBER,
        kind=ValueKind.TEXT,
        default="",
        check=checking.phone_number,
        help="The number that the voice-mail button calls.",
    ),
    # ------------------------------------------------------------ functions (9.1.8)
    _may(name=AUTHORIZE_CHAT, help="May chat; contact cards have a button for it."),
    _may(name=AUTHORIZE_CONTACT_FAVORITE, help="May create private contacts."),
    _may(
        name=AUTHORIZE_HOT_KEYS,
        help="May call chosen contacts by the shortcuts Ctrl+F1 to Ctrl+F11.",
    ),
    _may(
        name=AUTHORIZE_HOT_KEYS_EXE,
        help="Ctrl+F12 calls the number that is selected on the page of the Caller. The other"
        " shortcuts do not depend on it.",
    ),
    _may(
        name=AUTHORIZE_INTERCEPTION,
        default=False,
        help="May pick up calls that ring at contacts' telephones.",
    ),
    _may(name=AUTHORIZE_NOTE, help="May write notes, public or not."),
    _later(
        name="AuthorizeP2pAppSharing", help="May begin to share an application in a conversation."
    ),
    _may(name=AUTHORIZE_PUBLIC_LIST, help="May make a list of their own public."),
    _of(
        name=AUTHORIZE_SHARE_RULES_GROUP,
        kind=ValueKind.GROUP,
        default="",
        help="Sees the first active forwarding rule of the members of this group.",
    ),
    _may(
        name=AUTHORIZE_SIMPLE_RULES,
        help="May create, change and delete forwarding rules, simple or advanced.",
    ),
    _may(
        name=AUTHORIZE_SMS,
        default=False,
        help="May send text messages to contacts' mobiles. Needs a provider.",
    ),
    _of(
        name=AUTHORIZE_SUPERVISION_INFORMATION,
        kind=ValueKind.GROUP,
        default="",
        help="Sees who is calling the members of this group, so as to take their calls.",
    ),
    _of(
        name=SUPERVISION_INFORMATION_GROUP,
        kind=ValueKind.INTERCOM_GROUP,
        default="",
        levels=DOMAINS,
        expert=True,
        help="The intercom group whose directories name these callers, where bosses are in"
        " several.",
    ),
    _may(
        name=AUTHORIZED_CURRENT_DEVICE,
        aliases=("AuthorizedCurrentDevice",),
        help="May create a new current device in the profiles.",
    ),
    # ------------------------------------------------------------ functions of expert mode
    _may(name=AUTHORIZED_ADVANCED_SEARCH, expert=True, help="May use the advanced search."),
    _may(
        name=AUTHORIZED_CALENDAR_PRESENCES,
        expert=True,
        help="Sees the calendars of their contacts.",
    ),
    _may(name=AUTHORIZED_CREATE_PROFIL, expert=True, help="May create a new profile."),
    _may(
        name=AUTHORIZED_CUSTOM_MESSAGE_PRESENCES,
        expert=True,
        help="May write and use presence messages of their own.",
    ),
    _may(
        name=AUTHORIZED_EMAIL_NOTIFICATION,
        expert=True,
        help="May have missed calls and voice messages told by e-mail.",
    ),
    _may(
        name=AUTHORIZED_EXTERNAL_CHAT,
        default=False,
        expert=True,
        help="May chat with people outside the company. Needs an external collaboration account.",
    ),
    _may(name=AUTHORIZED_MULTI_CHAT, expert=True, help="May chat during a conference."),
    _may(
        name=AUTHORIZED_SAVE_CHAT,
        expert=True,
        help="Their messages are saved, where those of the other are too. With No they never are.",
    ),
    _may(
        name=AUTHORIZED_PHONE_SUPERVISION_PRESENCES,
        expert=True,
        help="Sees who of their contacts is on the telephone.",
    ),
    _may(
        name=DISPLAY_SIMPLE_RULES,
        expert=True,
        help="Sees the forwardings that were made or activated on the telephone.",
    ),
    # ------------------------------------------------------------ forwarding rules: origin
    _forward(
        name=AUTHORIZED_FORWARD_ORIGIN_ALL,
        help="May make forwarding rules for calls from anybody.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_ORIGIN_EXTERNAL,
        help="May make forwarding rules for calls from outside.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_ORIGIN_INTERNAL,
        help="May make forwarding rules for internal calls.",
    ),
    # ------------------------------------------------------------ presence
    _forward(
        name=AUTHORIZED_FORWARD_PRESENCE_ABSENT,
        aliases=("AuthorizedForwardPresenceAbsent",),
        help="May make forwarding rules for when they are absent.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_PRESENCE_BUSY,
        help="May make forwarding rules for when their presence is busy.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_PRESENCE_CALENDAR,
        help="May make forwarding rules that follow their calendar.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_PRESENCE_OFFLINE,
        help="May make forwarding rules for when they are offline.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_PRESENCE_ONLINE,
        help="May make forwarding rules for when they are online.",
    ),
    # ------------------------------------------------------------ type
    _forward(
        name=AUTHORIZED_FORWARD_TYPE_BUSY,
        help="May make rules that forward calls while their telephone is busy.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_TYPE_IMMEDIATE,
        help="May make rules that forward calls at once.",
    ),
    _forward(
        name=AUTHORIZED_FORWARD_TYPE_NO_ANSWER,
        help="May make rules that forward calls which nobody answers.",
    ),
)
