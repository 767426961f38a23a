"""What the parameters of TWS Caller are for who is signed in."""

from fastapi import Response

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
    return answer(MyParametersValue(values=rooms.organisation.parameters.own_parameters(actor)))
