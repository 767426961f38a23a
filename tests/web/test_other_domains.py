"""Every operation, asked by a user of another domain of the company, to whom nothing of this one
is granted: as if nothing were there (7.4).

What domains share they share by a grant; and what is an administrator's to ask is refused to a
user for what is there and what is not alike.
"""

import json

from tests.organisation.world import contents
from tests.web.house import House
from tests.web.things import things
from tests.web.walking import (
    as_nothing,
    examples,
    looking,
    number_of_audits,
    same,
    sent,
    tells_none,
    unknown,
)
from tws.organisation.actor import SYSTEM
from tws.organisation.grant import GrantKind

OF_BOTH = {"company"}
OF_NO_DOMAIN = {"number", "place", "service", "trace", "backup"}
"What an answer may repeat, as it was asked for."


async def test_another_domain_is_answered_as_if_nothing_were_there(house: House) -> None:
    own, their = await things(house, "Nice"), await things(house, "Paris")
    carol = await house.sign_in("carol")
    shared = await carol.get(f"contacts/{their['contact']}")
    assert shared.status_code == 200, "what is granted is seen across domains"
    await withdraw(house, "Paris", "Nice")
    nothing = unknown(their) | {name: their[name] for name in OF_BOTH}
    people = (await house.program("carol"), carol)
    for domain in house.domains:
        house.pbx(domain).refuses = True
    before, told = contents(house.rooms.registry), await number_of_audits(house)
    asked = len(house.pbx("Paris").asked)
    ids = [their[name] for name in their.keys() - OF_BOTH - OF_NO_DOMAIN]
    for operation, ask in examples():
        foreign, strange = ask.filled(own, their), ask.filled(own, nothing)
        for person in people if foreign != strange else ():  # else it is of the company
            answer = await as_nothing(person, operation, foreign, strange)
            assert tells_none(answer, ids), (operation, foreign)
            if ask.id is not None and ask.id.startswith("their "):
                late = await sent(person, operation, foreign.of_version(99))
                assert same(late) == same(answer), (operation, foreign)
    hidden = [*ids, f'"{their["number"]}"', f'"{their["place"]}"']
    for operation, ask in looking():
        assert tells_none(await sent(carol, operation, ask.filled(own, own)), hidden), operation
    async with house.page(carol) as page:
        assert not [id for id in hidden if id in json.dumps(page.state)]
    assert contents(house.rooms.registry) == before
    assert await number_of_audits(house) == told
    assert len(house.pbx("Paris").asked) == asked


async def withdraw(house: House, of: str, to: str) -> None:
    """What is public of a domain is granted to the others when it is made."""
    registry, grants = house.rooms.registry, house.rooms.organisation.grants
    directories = {d.id for d in registry.directories.values() if d.domain == house.domains[of].id}
    for grant in list(registry.granted.to(GrantKind.DIRECTORY, house.domains[to].id)):
        if grant.object in directories:
            await grants.delete_grant(SYSTEM, grant.id)
