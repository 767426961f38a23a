"""Requests that are refused and of which an administrator should know: for another host, by
another site's page, with a body beyond the limit, and of whoever asked for an administrator's
operation without being one, or without being one of that rank."""

from starlette.datastructures import Headers
from starlette.types import Scope

from tws.access.refusals import Refusals
from tws.organisation.actor import SYSTEM, Actor
from tws.web.errors import REFUSED

ACTOR = "tws.actor"
"In the scope of a request: who sends it, once that is known."
ADMINISTRATION = frozenset({"administratorsOnly", "superUsersOnly"})
"Why somebody who is no such administrator is refused."
NAMED = {"unknownHost": "host", "foreignOrigin": "origin", "tooLarge": "content-length"}
"The header that says what was wrong with the request."


async def note(refusals: Refusals, scope: Scope) -> None:
    """Of a request that has its answer: what is written delays nobody."""
    code, why = scope.get(REFUSED, ("", None))
    actor = scope.get(ACTOR, SYSTEM)
    about = {"operation": getattr(scope.get("route"), "operation_id", None) or scope["path"]}
    if header := NAMED.get(code):
        about[header.partition("-")[2] or header] = Headers(scope=scope).get(header, "")
    elif code == "notAllowed" and (_administers(actor) or why in ADMINISTRATION):
        about["reason"] = str(why)
    else:
        return
    client = scope.get("client")
    await refusals.note_request(actor, code, client[0] if client else "", about)


def _administers(actor: Actor) -> bool:
    return actor.administrator is not None
