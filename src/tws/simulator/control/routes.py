"""HTTP routes made of functions: the body decoded, the function called, its value sent as JSON."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tws.simulator.control.bodies import Body, decode

B = TypeVar("B", bound=Body)
MAX_BODY = 64 * 1024
_NUMBER = re.compile(r"\+?[0-9A-Za-z*#]{1,64}")


def answer(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def post(path: str, kind: type[B], function: Callable[[str, B], object]) -> Route:
    """POST `path`; `function` gets the path's `{number}` (or "") and the body."""

    async def endpoint(request: Request) -> Response:
        data = b""
        async for chunk in request.stream():
            data += chunk
            if len(data) > MAX_BODY:
                raise ValueError(f"a body of more than {MAX_BODY} bytes")
        body = decode(data, kind)
        assert isinstance(body, kind)
        return answer(function(_number(request.path_params), body))

    return Route(path, endpoint, methods=["POST"])


def get(path: str, function: Callable[[str], object]) -> Route:
    async def endpoint(request: Request) -> Response:
        return answer(function(_number(request.path_params)))

    return Route(path, endpoint, methods=["GET"])


def _number(params: Mapping[str, object]) -> str:
    number = str(params.get("number", ""))
    if number and not _NUMBER.fullmatch(number):
        raise ValueError("the number in the address is no number")
    return number
