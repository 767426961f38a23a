"""Option `i` on one of the three e-mail addresses takes that one away, and no other."""

import pytest

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.criteria import Criteria
from tws.directory.exporting import Format, exported
from tws.directory.service import DirectoryService

ALL = {**MAPPING, "email1": "m1", "email2": "m2", "email3": "m3"}
ROW = {"id": "1", "sn": "Durand", "m1": "one@x.org", "m2": "two@y.org", "m3": "three@z.org"}


@pytest.mark.parametrize("filled", [("m1", "m2", "m3"), ("m2", "m3"), ("m1", "m3"), ("m2",)])
@pytest.mark.parametrize("hidden", [{"m1"}, {"m2"}, {"m3"}, {"m1", "m3"}])
async def test_the_one_that_is_hidden(
    people: People,
    library: Library,
    directory: DirectoryService,
    filled: tuple[str, ...],
    hidden: set[str],
) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    options = {name: f"{name}|i" if name in hidden else name for name in ("m1", "m2", "m3")}
    mapping = {**ALL, **{f"email{name[1]}": written for name, written in options.items()}}
    source = await library.directory(mapping=mapping)
    await library.grant(source)
    row = {name: text for name, text in ROW.items() if name[0] != "m" or name in filled}
    await library.run(source, row)
    (card,) = await directory.search(anne, "durand")
    shown = tuple(ROW[name] for name in filled if name not in hidden)
    assert card.contact.emails == shown
    assert (await directory.get(anne, card.contact.id)).contact.emails == shown
    for name in filled:
        found = 0 if name in hidden else 1
        word = ROW[name].partition("@")[0]
        assert len(await directory.search(anne, word)) == found
        assert len(await directory.search(anne, "", criteria=Criteria(email=word))) == found
        assert exported([card], Format.VCARD).count(ROW[name]) == found


async def test_hidden_later(people: People, library: Library, directory: DirectoryService) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    source = await library.directory(mapping=ALL)
    await library.grant(source)
    await library.run(source, {**ROW, "m1": ""})
    assert [card.contact.emails for card in await directory.search(anne, "two")] == [
        ("two@y.org", "three@z.org")
    ]
    await library.change(source, mapping={**ALL, "email2": "m2|i"})
    await library.schedule.settle()
    assert await directory.search(anne, "two") == []
    (card,) = await directory.search(anne, "three")
    assert card.contact.emails == ("three@z.org",)
