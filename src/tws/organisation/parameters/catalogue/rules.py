"""TWS Rules: forwarding rules (9.6). The guide gives no defaults."""

from functools import partial

from tws.organisation.parameters import checking
from tws.organisation.parameters.parameter import DOMAINS, Parameter, Unit, ValueKind

APPLICATION = "TWS Rules"

CIRCULARLEVEL = "CIRCULARLEVEL"
WAITTIMENOREPLYPBX = "WAITTIMENOREPLYPBX"

_of = partial(Parameter, application=APPLICATION)
_later = partial(_of, served=False)
_seconds = partial(_of, kind=ValueKind.NUMBER, default=20, least=1, most=600, unit=Unit.SECONDS)

PARAMETERS = (
    _of(
        name=CIRCULARLEVEL,
        kind=ValueKind.NUMBER,
        default=1,
        most=20,
        # It looks at the rules of several people: theirs cannot each have another one.
        levels=DOMAINS,
        help="Over how many forwardings a call may not come back to who forwarded it first; 0 = it"
        " is not looked at. A call that would come back is not forwarded.",
    ),
    _later(
        name="EMERGENCYNUMBER",
        kind=ValueKind.TEXT,
        default="",
        check=checking.phone_number,
        help="The number that is called where those that calls are forwarded to do not answer, if"
        " forwarded calls are checked.",
    ),
    _later(
        name="EMERGENCYNUMBERCALLTIMES",
        kind=ValueKind.NUMBER,
        default=1,
        least=1,
        most=20,
        help="How many times the emergency number is tried when nobody answers.",
    ),
    _later(
        name="IsUserAuthorizedToCreateWithAdminRules",
        kind=ValueKind.YES_NO,
        default=True,
        help="May create rules of their own where an administrator has assigned them others.",
    ),
    _later(
        name="TRANSFERVERIFICATION",
        kind=ValueKind.YES_NO,
        default=False,
        help="It is checked that forwarded calls are answered; else they go to the emergency"
        " number.",
    ),
    _seconds(
        name="WAITTIMENOREPLY",
        served=False,
        help="After how many seconds an advanced rule forwards a call that nobody answers.",
    ),
    _seconds(
        name=WAITTIMENOREPLYPBX,
        help="After how many seconds the PBX forwards a call that nobody answers. To be copied"
        " from the PBX.",
    ),
)
