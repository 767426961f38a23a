"""An operation that is looked up is the one that the framework would have found."""

import re

import pytest
from starlette.routing import Match, Route
from starlette.types import Scope

from tws.web.addresses import CHOSEN, Addresses
from tws.web.api import ROUTERS
from tws.web.scim import operations as scim

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
ROUTES = [route for router in ROUTERS for route in router.routes] + [scim.ROUTE]
ADDRESSES = Addresses(ROUTES)


def _tried(scope: Scope) -> tuple[Route | None, object]:
    """As the framework does it: one after the other."""
    for route in ROUTES:
        match, found = route.matches(scope)
        if match is Match.FULL:
            assert isinstance(route, Route)
            return route, found["path_params"]
    return None, None


def _looked_up(scope: Scope) -> tuple[Route | None, object]:
    match, found = ADDRESSES.matches(scope)
    if match is Match.NONE:
        return None, None
    return found[CHOSEN], found["path_params"]


def _scope(method: str, path: str) -> Scope:
    return {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}


def test_each_address_is_the_same_operation() -> None:
    found = 0
    paths = {route.path for route in ROUTES if isinstance(route, Route)}
    for path in paths:
        for given in ("reverse", "01", "a/b"):
            asked = re.sub(r"\{[^}]*\}", given, path)
            for method in METHODS:
                scope = _scope(method, asked)
                assert _looked_up(scope) == _tried(scope), (method, asked)
                found += _tried(scope)[0] is not None
    assert found > len(paths)


@pytest.mark.parametrize("path", ["", "/", "//", "/api/v1", "/api/v1/", "/api/v1/contacts/a/b/c"])
def test_what_is_no_address_is_left_to_the_framework(path: str) -> None:
    assert _looked_up(_scope("GET", path)) == _tried(_scope("GET", path)) == (None, None)
    assert ADDRESSES.matches({**_scope("GET", "/"), "type": "websocket"})[0] is Match.NONE
