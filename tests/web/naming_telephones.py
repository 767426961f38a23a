"""The same for telephones and their calls: see `tests.web.naming`."""

from collections.abc import Mapping

from tests.web.asking import Ask, finding, on_device, on_legs, sending

NUMBER = "4003"
OF_TELEPHONES: Mapping[str, list[Ask]] = {
    "makeCall": on_device(called=NUMBER),
    # While the call is there: a PBX that refuses what is asked of one is asked what it has.
    "listCallMessages": finding("leg"),
    "sendCallMessage": [sending("their leg", text="Hello")],
    "answerCall": on_legs("connection"),
    "clearConnection": on_legs("connection"),
    "holdCall": on_legs("connection"),
    "retrieveCall": on_legs("connection"),
    "parkCall": on_legs("connection"),
    "alternateCall": on_legs("held", "active"),
    "transferCall": on_legs("held", "active"),
    "conferenceCall": on_legs("held", "active"),
    "reconnectCall": on_legs("held", "active"),
    "consultationCall": on_legs("existing", consulted=NUMBER),
    "singleStepTransferCall": on_legs("active", transferredTo=NUMBER),
    "moveCall": [
        *on_legs("connection", to="their second device"),
        *on_legs("connection", to="own second device"),
    ],
    "takeBackCall": [
        sending(device=f"{whose} device", connection="their ringing leg")
        for whose in ("own", "their")
    ],
    "singleStepConferenceCall": on_legs("active", joining=NUMBER),
    "deflectCall": on_legs("connection", destination=NUMBER),
    "directedPickupCall": [
        sending(device=f"{whose} device", **{by: value})
        for whose in ("own", "their")
        for by, value in (
            ("ringing", "their ringing leg"),
            ("ringingDevice", "their number"),
            ("ringingDevice", "their place"),
        )
    ],
    "groupPickupCall": on_device(),
    "generateDigits": on_legs("connection", digits="1"),
    "setForwarding": on_device(type="immediate", active=True, destination=NUMBER),
    "getForwarding": on_device(),
    "setDoNotDisturb": on_device(on=True),
    "getDoNotDisturb": on_device(),
    "setMessageWaiting": on_device(on=True),
    "getMessageWaiting": on_device(),
    "snapshotDevice": on_device(),
}
