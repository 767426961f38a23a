"""Which forwardings a user may set (9.1.8): by a rule, or on the telephone itself."""

from collections.abc import Mapping

from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_SIMPLE_RULES,
    AUTHORIZED_FORWARD_ORIGIN_ALL,
    AUTHORIZED_FORWARD_ORIGIN_EXTERNAL,
    AUTHORIZED_FORWARD_ORIGIN_INTERNAL,
    AUTHORIZED_FORWARD_TYPE_BUSY,
    AUTHORIZED_FORWARD_TYPE_IMMEDIATE,
    AUTHORIZED_FORWARD_TYPE_NO_ANSWER,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import forbidden_by
from tws.telephony.model import CallOrigin, ForwardingType

ORIGINS: Mapping[CallOrigin, str] = {
    CallOrigin.ALL: AUTHORIZED_FORWARD_ORIGIN_ALL,
    CallOrigin.INTERNAL: AUTHORIZED_FORWARD_ORIGIN_INTERNAL,
    CallOrigin.EXTERNAL: AUTHORIZED_FORWARD_ORIGIN_EXTERNAL,
}
TYPES: Mapping[ForwardingType, str] = {
    ForwardingType.IMMEDIATE: AUTHORIZED_FORWARD_TYPE_IMMEDIATE,
    ForwardingType.BUSY: AUTHORIZED_FORWARD_TYPE_BUSY,
    ForwardingType.NO_ANSWER: AUTHORIZED_FORWARD_TYPE_NO_ANSWER,
}


def may_forward(
    parameters: Parameters, user: UserId, type: ForwardingType, origin: CallOrigin
) -> None:
    """NotAllowed, by the parameter that forbids it."""
    for name in (AUTHORIZE_SIMPLE_RULES, ORIGINS[origin], TYPES[type]):
        refuse_without(parameters, user, name)


def refuse_without(parameters: Parameters, user: UserId, name: str) -> None:
    if parameters.effective(user, name) is not True:
        raise forbidden_by(name, "You are not authorised to forward calls so.")
