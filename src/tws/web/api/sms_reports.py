"""Where gateways of text messages tell of deliveries: by calling an address with a key in it.

It is for no program of ours, and in no description: each gateway has its own names.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import msgspec
from fastapi import Request
from starlette.responses import PlainTextResponse

from tws.organisation.actor import SmsProviderId
from tws.undecodable import UNDECODABLE
from tws.web.errors import Problem
from tws.web.identity import InRooms
from tws.web.operation import Operations

router = Operations("/sms-reports", in_schema=False)
MOST_FIELDS = 100


@router.api_route("/{provider}/{key}", methods=["GET", "POST"])
async def report(request: Request, rooms: InRooms, provider: str, key: str) -> PlainTextResponse:
    """Whatever is wrong with the address is answered alike."""
    fields = {**dict(request.query_params), **_fields(await request.body())}
    rooms.sms_reports.take(SmsProviderId(provider), key, fields)
    return PlainTextResponse("OK")


def _fields(body: bytes) -> Mapping[str, str]:
    """Of a form, or of an object in JSON; what is nested there is not looked into."""
    if not body.strip():
        return {}
    if not body.lstrip().startswith(b"{"):
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError as error:
            raise Problem("badRequest", "This is no form.") from error
        return dict(pairs)
    try:
        found = msgspec.json.decode(body, type=dict[str, object])
    except UNDECODABLE as error:
        raise Problem("badRequest", "This is no JSON.") from error
    return {name: str(value) for name, value in found.items() if isinstance(value, str | int)}
