"""Signing in by the provider of one's company: a browser goes there, and comes back."""

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Request, Response
from pydantic import Field

from tws.access.identity_provider import Failure, NotIdentified
from tws.web.answers import answer, answers
from tws.web.api.access import SIGNING_IN, agent, signed_in
from tws.web.identity import InRooms, by_https, same_site, set_cookie, where_from
from tws.web.operation import Operations
from tws.web.shapes import Body, Text
from tws.web.shown.values import Value

router = Operations(tags=["access"])
COOKIE = "tws_openid"
PLACE = "/api/v1/login/openid"
LASTS = 600
"Seconds."


class LoginProviderValue(Value):
    """A way to sign in by somebody else's page."""

    id: Annotated[str, msgspec.Meta(description="For `loginWithOpenId`.")]
    label: Annotated[str, msgspec.Meta(description="The words on its button.")]


@router.get(
    "/login/providers",
    operation_id="loginProviders",
    responses=answers(list[LoginProviderValue]),
)
async def login_providers(rooms: InRooms) -> Response:
    """By which providers users may sign in here."""
    offered = rooms.access.openid.offered()
    return answer([LoginProviderValue(id=one.id, label=one.label) for one in offered])


@router.get(
    "/login/openid/callback",
    operation_id="loginWithOpenIdCallback",
    status_code=303,
    response_class=Response,
    responses=answers(
        None,
        status=303,
        description="To the page: signed in, or with the reason in its parameter `signIn`.",
    ),
)
async def callback(request: Request, rooms: InRooms) -> Response:
    """Where a provider sends browsers back to. No program has anything to do here."""
    given = request.query_params
    # Of a parameter that stands there twice (RFC 6749, 3.1) none counts.
    told = {name: given[name] for name in given if len(given.getlist(name)) == 1}
    try:
        _, token = await rooms.access.openid.finish(
            told,
            request.cookies.get(COOKIE, ""),
            address=where_from(request),
            agent=agent(request),
        )
    except NotIdentified as error:
        response = _to_page(error.failure)
        # What is still awaited is not ended by an answer to something else.
        if error.failure not in (Failure.SECOND_FACTOR, Failure.LATE):
            _clear(request, response)
        return response
    response = _to_page()
    _clear(request, response)
    set_cookie(request, response, token)
    return response


@router.get(
    "/login/openid/{id}",
    operation_id="loginWithOpenId",
    status_code=303,
    response_class=Response,
    responses=answers(
        None,
        "notFound",
        status=303,
        description="To the provider; or to the page, with the reason in its parameter `signIn`.",
    ),
)
async def begin(request: Request, rooms: InRooms, id: str) -> Response:
    """Go to a provider's page to sign in: for a browser."""
    base = rooms.settings.public_url or str(request.base_url).rstrip("/")
    try:
        begun = await rooms.access.openid.begin(id, f"{base}{PLACE}/callback", where_from(request))
    except NotIdentified as error:
        return _to_page(error.failure)
    response = Response(status_code=303, headers={"Location": begun.address})
    # Lax: whoever comes back comes from another site's page.
    response.set_cookie(
        COOKIE,
        begun.browser,
        max_age=LASTS,
        path=PLACE,
        httponly=True,
        samesite="lax",
        secure=by_https(request),
    )
    return response


class OpenIdCodeBody(Body):
    code: Text = Field(description="Of the second factor.", examples=["287082"])


@router.post(
    "/login/openid/code",
    operation_id="loginWithOpenIdCode",
    dependencies=[Depends(same_site)],
    responses=SIGNING_IN,
)
async def code(request: Request, rooms: InRooms, body: OpenIdCodeBody) -> Response:
    """Complete a sign-in by a provider with the code of the second factor."""
    actor, token = await rooms.access.openid.finish_with_code(
        body.code,
        request.cookies.get(COOKIE, ""),
        address=where_from(request),
        agent=agent(request),
    )
    response = signed_in(request, rooms, actor, token)
    _clear(request, response)
    return response


def _to_page(failure: Failure | None = None) -> Response:
    """Nowhere else, whatever is asked for."""
    query = "" if failure is None else "?" + urlencode({"signIn": failure})
    return Response(status_code=303, headers={"Location": f"/{query}"})


def _clear(request: Request, response: Response) -> None:
    response.delete_cookie(
        COOKIE, path=PLACE, httponly=True, samesite="lax", secure=by_https(request)
    )
