"""What the parameters of TWS Caller are for who is signed in."""

from fastapi import Response

from tws.mail.servers import is_set_up_for
from tws.web.answers import answer, answers
from tws.web.identity import InRooms, User
from tws.web.operation import Operations
from tws.web.shown.parameters import MyParametersValue

router = Operations(tags=["access"])


@router.get(
    "/parameters",
    operation_id="getMyParameters",
    responses=answers(MyParametersValue, "notSignedIn", "notAllowed"),
)
async def get_my_parameters(rooms: InRooms, actor: User) -> Response:
    """What each parameter of TWS Caller is for you: set for you, your group, your domain..."""
    values = rooms.organisation.parameters.own_parameters(actor)
    mail = actor.user is not None and is_set_up_for(rooms.registry, actor.user)
    return answer(MyParametersValue(values=values, mail_server=mail))
