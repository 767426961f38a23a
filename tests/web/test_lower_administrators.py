"""Every operation, asked by an administrator of one company about what is above him: as if
nothing were there, and what only super users may is refused before it is looked for.

Above him are the server, super users, and administrators of more companies than his; beside him
others of his own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.organisation.world import contents
from tests.web.house import PASSWORD, House
from tests.web.naming import SUPER_USERS_ONLY
from tests.web.problems import problem
from tests.web.things import things
from tests.web.walking import (
    as_nothing,
    examples,
    looking,
    same,
    sent,
    stored,
    tells_none,
    unknown,
)
from tws.access.login_method import Credentials
from tws.incidents.model import IncidentKind, Trouble, Wanted
from tws.organisation.actor import SYSTEM, AdministratorId
from tws.sentences import sentence

ABOVE = ("administrator", "administrator's session", "incident", "service", "backup")
"What examples name that is no company's."


@dataclass(frozen=True)
class Above:
    """Those above an administrator of Other, and beside him: what examples may call theirs."""

    names: Sequence[Mapping[str, str]]
    ids: set[str]


async def above(house: House, own: Mapping[str, str]) -> Above:
    rooms = house.rooms
    wider = await rooms.organisation.administrators.create_administrator(
        SYSTEM, username="wider", companies=[row.id for row in house.companies.values()]
    )
    await rooms.access.passwords.set_administrator_password(SYSTEM, wider.id, PASSWORD)
    (everybody,) = [x for x in rooms.registry.administrators.values() if x.super_user]
    beside = rooms.registry.administrators[AdministratorId(own["administrator"])]
    kind = IncidentKind.SERVICE_DOWN
    trouble = Trouble(kind=kind, subject="x", name="The server's", company=None, said=sentence(""))
    rooms.incidents._keeper.look({kind}, [trouble])
    found = await rooms.incidents.list_incidents(SYSTEM, Wanted(), None, 50)
    incident = next(one.id for one in found if one.company is None)
    names = []
    for row in (everybody, wider, beside):
        shown = Credentials(row.username, PASSWORD)
        actor, _ = await rooms.access.signing.login_administrator(shown, agent="")
        await rooms.access.second_factors.begin(actor)
        session = {"administrator's session": actor.session or ""}
        names.append({**own, "administrator": row.id, **session, "incident": incident})
    ids = {each[name] for each in names for name in ABOVE} - {own["service"]}
    return Above(names, ids)


async def test_what_is_above_is_answered_as_if_nothing_were_there(house: House) -> None:
    own = await things(house, "Berlin")
    their = await above(house, own)
    lower = await house.administrator("Other")
    me = (await lower.get("session")).json()["administrator"]["id"]
    own = {**own, "administrator": me}
    before, written = contents(house.rooms.registry), await stored(house)
    for operation, ask in examples():
        for names in their.names:
            foreign = ask.filled(own, names)
            strange = ask.filled(own, {**names, **unknown(ABOVE)})
            if operation in SUPER_USERS_ONLY:
                answer = await sent(lower, operation, foreign)
                assert problem(answer, 403, "notAllowed")["why"] == "superUsersOnly"
                assert same(answer) == same(await sent(lower, operation, strange)), foreign
            elif foreign != strange:
                answer = await as_nothing(lower, operation, foreign, strange)
            else:
                break  # it is of his own company
            assert tells_none(answer, their.ids), (operation, foreign)
    assert contents(house.rooms.registry) == before
    assert await stored(house) == written


async def test_whatever_is_looked_at_tells_nothing_of_what_is_above(house: House) -> None:
    own = await things(house, "Berlin")
    their, lower = await above(house, own), await house.administrator("Other")
    for operation, ask in looking():
        answer = await sent(lower, operation, ask.filled(own, own))
        assert tells_none(answer, their.ids), operation
    async with house.page(lower) as page:
        assert not [id for id in their.ids if id in json.dumps(page.state)]
