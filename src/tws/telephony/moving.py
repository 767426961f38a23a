"""Whether a call may go on at another telephone: where it would not ring it would be lost."""

from tws.errors import invalid
from tws.sentences import sentence
from tws.telephony.authority import Place
from tws.telephony.model import CallOrigin, Device, ForwardingType, MonitorState

FORWARDED = (CallOrigin.ALL, CallOrigin.INTERNAL)


def may_move(at: Place, there: Place, known: Device | None) -> None:
    """`known`: what the PBX tells of the telephone that is to ring. Invalid."""
    number = there.row.number
    if there.row.id == at.row.id:
        what = sentence("The call is at this telephone already.")
    elif there.link != at.link:
        what = sentence("That telephone is on another PBX: a call cannot be moved there.")
    elif known is None or known.state is MonitorState.OUT_OF_SERVICE:
        what = sentence("Telephone {number} cannot be reached.", number=number)
    elif known.do_not_disturb:
        what = sentence("Telephone {number} is set to do not disturb.", number=number)
    elif _forwards_all(known):
        what = sentence("Telephone {number} forwards its calls elsewhere.", number=number)
    else:
        return
    raise invalid(what, field="to")


def _forwards_all(device: Device) -> bool:
    return any(
        one.active and one.type is ForwardingType.IMMEDIATE and one.origin in FORWARDED
        for one in device.forwardings or ()
    )
