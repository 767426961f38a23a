"""Which operation an address is, looked up.

The framework tries one route after the other, a regular expression each: of some three hundred
operations the last ones took longer to be found than to be carried out. Here are only those tried
that can be meant: by the whole address, or by what stands before its first parameter.
"""

from collections.abc import Iterable, Iterator

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

CHOSEN = "tws.route"
"Where the scope of a request has the route that was found."


class Addresses(BaseRoute):
    """Stands before `routes`, and finds the same one. Whatever none of them takes as it is (an
    unknown address, another method) is left to the framework, which looks through them all."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._whole: dict[str, list[tuple[int, Route]]] = {}
        self._below: dict[str, list[tuple[int, Route]]] = {}
        "By what stands before the first parameter, up to its last stroke."
        for order, route in enumerate(routes):
            if not isinstance(route, Route):
                continue
            before, parameter, _ = route.path.partition("{")
            if parameter:
                begins = before[: before.rindex("/") + 1]
                self._below.setdefault(begins, []).append((order, route))
            else:
                self._whole.setdefault(route.path, []).append((order, route))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http":
            for route in self._meant(scope["path"]):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    return match, {**found, CHOSEN: route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[CHOSEN].handle(scope, receive, send)

    def _meant(self, path: str) -> Iterator[Route]:
        """Those that may fit, in the order in which they stand."""
        found = list(self._whole.get(path, ()))
        end = path.find("/") + 1
        while end:
            found += self._below.get(path[:end], ())
            end = path.find("/", end) + 1
        return (route for _, route in sorted(found, key=lambda one: one[0]))
