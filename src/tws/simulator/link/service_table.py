"""Which function serves which CSTA request; how a refusal is said in ECMA-323."""

from collections.abc import Callable, Collection
from typing import TypeVar

from tws.protocols.csta import messages
from tws.protocols.csta.message import Request, Response
from tws.simulator.link.rendering import Renderer
from tws.simulator.switching.model import Refusal
from tws.simulator.switching.pbx import Pbx

R = TypeVar("R", bound=Request)
Service = Callable[[Pbx, Renderer, Request], Response]


class ServiceTable:
    """Services by the class of their request."""

    def __init__(self, *parts: "ServiceTable") -> None:
        self._services: dict[type[Request], Service] = {}
        for part in parts:
            self._services |= part._services

    def serves(self, kind: type[R]) -> Callable[[Callable[[Pbx, Renderer, R], Response]], Service]:
        """Decorator: this function answers requests of this class. It raises `Refusal`."""

        def register(function: Callable[[Pbx, Renderer, R], Response]) -> Service:
            def service(pbx: Pbx, render: Renderer, request: Request) -> Response:
                assert isinstance(request, kind)
                return function(pbx, render, request)

            self._services[kind] = service
            return service

        return register

    def find(self, request: Request) -> Service:
        found = self._services.get(type(request))
        if found is None:
            raise Refusal("operation", "serviceNotSupported")
        return found

    def names(self, without: Collection[str] = ()) -> tuple[str, ...]:
        """`makeCall`, `answerCall`...; `without` those, named as their requests: `ParkCall`."""
        kinds = (kind.__name__ for kind in self._services)
        return tuple(name[0].lower() + name[1:] for name in kinds if name not in without)


_CATEGORIES: dict[str, Callable[[str], messages.CSTAErrorCode]] = {
    "operation": lambda code: messages.CSTAErrorCode(operation=code),
    "security": lambda code: messages.CSTAErrorCode(security=code),
    "stateIncompatibility": lambda code: messages.CSTAErrorCode(state_incompatibility=code),
    "systemResourceAvailability": lambda code: messages.CSTAErrorCode(
        system_resource_availability=code
    ),
    "subscribedResourceAvailability": lambda code: messages.CSTAErrorCode(
        subscribed_resource_availability=code
    ),
}


def error_code(refusal: Refusal) -> messages.CSTAErrorCode:
    make = _CATEGORIES.get(refusal.category)
    return messages.CSTAErrorCode(unspecified=True) if make is None else make(refusal.code)


def refusal_named(text: str) -> Refusal:
    """`stateIncompatibility/noActiveCall` -> the refusal. ValueError for anything else."""
    category, slash, code = text.partition("/")
    if not slash or category not in _CATEGORIES or not code.isalnum():
        known = ", ".join(_CATEGORIES)
        raise ValueError(f"{text!r}: CATEGORY/code expected, CATEGORY one of {known}")
    return Refusal(category, code)
