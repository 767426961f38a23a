"""Option `a`: a postal address, where the card has a link to its map, and refused elsewhere."""

import pytest

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.cards import FIELDS, PRIVATE
from tws.directory.checking import checked_mapping
from tws.directory.service import DirectoryService
from tws.errors import Invalid


@pytest.mark.parametrize(("options", "row"), [("|a", 1), ("", 2), ("|a,u", 1)])
async def test_the_company_is_a_place_where_its_directory_says_so(
    people: People, library: Library, directory: DirectoryService, options: str, row: int
) -> None:
    """Of merged contacts the one that it comes from decides."""
    anne = people.actor(await people.user("Anne", "Petit"))
    for place, mapped in enumerate((f"o{options}", "o"), 1):
        source = await library.directory(
            f"{place}", merge=True, priority=place, mapping={**MAPPING, "organisation": mapped}
        )
        await library.grant(source)
        there = "5 rue du Test, Paris" if place == row else ""
        await library.run(source, {"id": "1", "sn": "Durand", "mail": "d@x.org", "o": there})
    (card,) = await directory.search(anne, "durand")
    assert card.contact.organisation.lower() == "5 rue du test, paris"
    assert card.place is (row == 1)


@pytest.mark.parametrize("field", sorted(set(FIELDS) - {"organisation", *PRIVATE}))
def test_where_there_is_no_map_it_is_refused(field: str) -> None:
    with pytest.raises(Invalid, match="option a") as refused:
        checked_mapping({"organisation": "o|a", "private3": "p|a", field: "x|u,a"})
    assert refused.value.details == {"field": field}
