"""An operation's arguments, the short way.

FastAPI looks at every parameter and dependency anew for each request: a fifth of the time of a
lookup. What an operation takes is known when it is declared. Of one that reads, plain parameters
and what they are made into are found here; whatever is out of the ordinary (a value that is
refused, a list, a body) is left to FastAPI, so that its answers stay its own.

Of one that takes no body, a body is refused: whoever sends `{"approve": false}` means something.
So is a parameter that stands twice where one is taken: which of both counted nobody could say.
"""

import inspect
import types
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_parameterless_sub_dependant
from fastapi.routing import APIRoute, APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tws.undecodable import UNDECODABLE
from tws.web.errors import Problem

PREFIX = "/api/v1"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Call = Callable[..., Any]


class Operation(APIRoute):
    def get_route_handler(self) -> Handler:
        if _takes_nothing(self):
            # Last: who asks is looked at first, as where there is a body.
            self.dependant.dependencies.append(
                get_parameterless_sub_dependant(depends=Depends(_no_body), path=self.path_format)
            )
        if single := _given_once(self.dependant):
            self.dependant.dependencies.append(
                get_parameterless_sub_dependant(
                    depends=Depends(_once(single)), path=self.path_format
                )
            )
        ordinary = super().get_route_handler()
        arguments = _arguments(self.dependant) if _answers_itself(self.endpoint) else None
        if arguments is None or self.methods != {"GET"}:
            return ordinary
        endpoint: Callable[..., Awaitable[Response]] = self.endpoint

        async def short(request: Request) -> Response:
            try:
                values = await arguments.of(request, {})
            except _Unusual:
                return await ordinary(request)
            return await endpoint(**values)

        return short


class Operations(APIRouter):
    """Some operations, by their whole addresses: an application takes them as they are.

    One that includes routers makes each operation a second time, which takes longer than the rest
    of its start, and each request looks through them twice.
    """

    def __init__(
        self,
        prefix: str = "",
        *,
        under: str = PREFIX,
        tags: Sequence[str] = (),
        in_schema: bool = True,
    ) -> None:
        super().__init__(
            prefix=under + prefix,
            tags=list(tags),
            include_in_schema=in_schema,
            route_class=Operation,
        )


def _takes_nothing(route: APIRoute) -> bool:
    """Whether it changes something and has no body, nor a file for one."""
    described = route.openapi_extra or {}
    reads = "GET" in (route.methods or ())
    return not reads and not route.body_field and "requestBody" not in described


async def _no_body(request: Request) -> None:
    """An empty object says nothing either."""
    sent = (await request.body()).strip()
    if not sent:
        return
    try:
        value = msgspec.json.decode(sent)
    except UNDECODABLE:
        raise Problem("invalid", "This operation takes no body.") from None
    if value != {}:
        field = next(iter(value)) if isinstance(value, dict) else None
        raise Problem("invalid", "This operation takes no body.", field=field)


def _given_once(dependant: Dependant) -> list[str]:
    """The parameters of the address, but lists, whoever takes them."""
    own = [
        one.alias
        for one in dependant.query_params
        if list not in _kinds(one.field_info.annotation)
    ]
    return [*own, *(name for one in dependant.dependencies for name in _given_once(one))]


def _once(single: list[str]) -> Callable[[Request], Awaitable[None]]:
    """What refuses such a parameter that is given twice."""

    async def once(request: Request) -> None:
        given = request.query_params
        if len(given) == len(given.multi_items()):
            return
        for name in single:
            if len(given.getlist(name)) > 1:
                raise Problem("invalid", f"{name} is given twice.", field=name)

    return once


class _Unusual(Exception):
    """Something that FastAPI is to look at, and to say."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    alias: str
    several: bool
    "A list: given, it is unusual."
    required: bool
    default: Any
    validate: Callable[..., tuple[Any, Any]]

    def value(self, given: Mapping[str, Any]) -> Any:
        text = given.get(self.alias)
        if text is None and not self.required:
            return list(self.default) if isinstance(self.default, list) else self.default
        if text is None or self.several:
            raise _Unusual
        value, errors = self.validate(text)
        if errors:
            raise _Unusual
        return value


@dataclass(frozen=True, slots=True)
class _Arguments:
    """Of an operation, or of what one of its arguments is made by."""

    request: str | None
    "The argument that takes the request."
    path: tuple[_Parameter, ...]
    query: tuple[_Parameter, ...]
    made: tuple[tuple[str | None, Call, bool, "_Arguments"], ...]
    "Argument, by what it is made, whether that is awaited, and what that takes."

    async def of(self, request: Request, made: dict[Call, Any]) -> dict[str, Any]:
        """`made`: what other arguments of this request have been made into."""
        values: dict[str, Any] = {}
        if self.path:
            given: Mapping[str, Any] = request.path_params
            values |= {one.name: one.value(given) for one in self.path}
        if self.query:
            given = request.query_params
            values |= {one.name: one.value(given) for one in self.query}
        for name, call, awaited, arguments in self.made:
            if call not in made:
                result = call(**await arguments.of(request, made))
                made[call] = await result if awaited else result
            if name is not None:
                values[name] = made[call]
        if self.request is not None:
            values[self.request] = request
        return values


def _answers_itself(endpoint: Call) -> bool:
    """Whether it says by its type that it returns a response, which nothing is added to."""
    if not inspect.iscoroutinefunction(endpoint):
        return False
    returned = get_type_hints(endpoint).get("return")
    return inspect.isclass(returned) and issubclass(returned, Response)


def _arguments(of: Dependant) -> _Arguments | None:
    """None where there is more than plain parameters."""
    more = (
        of.body_params,
        of.header_params,
        of.cookie_params,
        of.websocket_param_name,
        of.http_connection_param_name,
        of.response_param_name,
        of.background_tasks_param_name,
        of.security_scopes_param_name,
        of.concurrency,
    )
    path, query = _parameters(of.path_params), _parameters(of.query_params)
    if any(more) or path is None or query is None:
        return None
    made = []
    for one in of.dependencies:
        call, arguments = one.call, _arguments(one)
        awaited = inspect.iscoroutinefunction(call)
        if call is None or arguments is None or not one.use_cache:
            return None
        if not awaited and not inspect.isclass(call):
            return None
        made.append((one.name, call, awaited, arguments))
    return _Arguments(of.request_param_name, path, query, tuple(made))


def _parameters(fields: list[Any]) -> tuple[_Parameter, ...] | None:
    """None where one is not a text of the query or the path made into a plain value."""
    found = []
    for field in fields:
        kinds = _kinds(field.field_info.annotation)
        if not all(kind in (str, int, float, bool, list) for kind in kinds):
            return None
        required = field.field_info.is_required()
        default = None if required else field.get_default()
        several = list in kinds
        if not isinstance(default, str | int | float | bool | list | None):
            return None
        found.append(
            _Parameter(field.name, field.alias, several, required, default, field.validate)
        )
    return tuple(found)


def _kinds(annotation: Any) -> list[Any]:
    """The types that a value may have, but None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [kind for one in get_args(annotation) for kind in _kinds(one)]
    if origin is Literal:
        return [type(one) for one in get_args(annotation)]
    if annotation is type(None):
        return []
    return [origin or annotation]
