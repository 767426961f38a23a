"""Options of the mapping (specification 8.1, tab "Champs"): `a h i l m u p` alone and together,
in the order written with `h` last, and the guide's own examples."""

from hashlib import sha256

import pytest

from tests.directory.people import People
from tests.directory.sources import MAPPING, Library
from tws.directory.cards import SourceCard, card
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.service import DirectoryService
from tws.errors import Invalid


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def made(written: str, value: str) -> SourceCard:
    """A card whose name is `value` after the options in `written`."""
    fields = mapping({"identifier": "id", "organisation": "o", "last_name": written})
    result = card(Entry({"id": "1", "o": "SSDEI", written.partition("|")[0]: value}), fields)
    assert isinstance(result, SourceCard)
    return result


FOUR = "p:9{0}::^[0-9]{4}$"
OPTIONS = [
    # alone
    ("a", "5 rue Été", "5 rue Été"),
    ("h", "Durand", hashed("Durand")),
    ("i", "Durand", "Durand"),
    ("l", "Élise DURAND", "élise durand"),
    ("m", "éLISE DURAND", "Élise durand"),
    ("u", "Élise Durand", "ÉLISE DURAND"),
    ("p:9{0}", "4092", "94092"),
    # the guide's examples of p, and its two ways to write it
    (FOUR, "4092", "94092"),
    (FOUR, "0155171889", "0155171889"),
    (FOUR, "409", "409"),
    ("p::9{0}::^[0-9]{4}$", "4092", "94092"),
    ("p::9{0}::^[0-9]{4}$", "0155171889", "0155171889"),
    ("p::9{0}", "0155171889", "90155171889"),
    ("p:9{0}::", "0155171889", "90155171889"),
    # {0} anywhere, more than once, or not at all
    ("p:{0}9", "4092", "40929"),
    ("p:a{0}b", "4092", "a4092b"),
    ("p:{0}-{0}", "4092", "4092-4092"),
    ("p:same", "4092", "same"),
    ("p: {0}, Paris", "Rue du Bac", " Rue du Bac, Paris"),
    # the expression matches anywhere, as its own anchors say
    ("p:9{0}::09", "4092", "94092"),
    ("p:9{0}::^09", "4092", "4092"),
    # a comma inside it
    ("p:9{0}::^[0-9]{2,4}$", "12", "912"),
    ("p:9{0}::^[0-9]{2,4}$", "4092", "94092"),
    ("p:9{0}::^[0-9]{2,4}$", "12345", "12345"),
    ("p:9{0}::^[0-9]{2,4}$", "1", "1"),
    ("p:x{0}::^[a-z]{2,4}$,u", "abc", "XABC"),
    ("p:x{0}::^[a-z]{2,4}$,u", "abcde", "ABCDE"),
    ("u,p:x{0}::^[A-Z]{2,4}$", "abc", "xABC"),
    # several, in the order written
    ("u,m", "duRAND", "Durand"),
    ("m,u", "duRAND", "DURAND"),
    ("u,l", "duRAND", "durand"),
    ("l,m", "duRAND", "Durand"),
    ("l,p:X{0}", "DURAND", "Xdurand"),
    ("p:X{0},l", "DURAND", "xdurand"),
    ("p:x{0},m", "DURAND", "Xdurand"),
    ("p:a{0},p:b{0}", "1", "ba1"),
    ("p:b{0},p:a{0}", "1", "ab1"),
    ("p:9{0}::^4,p:0{0}::^9", "4092", "094092"),
    ("p:0{0}::^9,p:9{0}::^4", "4092", "94092"),
    (" u , i ", "Durand", "DURAND"),
    ("a,i,l,m,u", "Durand", "DURAND"),
    # h is the last one wherever it stands
    ("h,u", "Durand", hashed("DURAND")),
    ("u,h", "Durand", hashed("DURAND")),
    ("h,l,m", "DURAND", hashed("Durand")),
    ("h,a,i", "Durand", hashed("Durand")),
    ("h,p:9{0}", "4092", hashed("94092")),
    (f"h,u,{FOUR}", "4092", hashed("94092")),
    (f"h,u,{FOUR}", "Durand", hashed("DURAND")),
]


@pytest.mark.parametrize(("options", "value", "becomes"), OPTIONS)
def test_what_options_make_of_a_value(options: str, value: str, becomes: str) -> None:
    assert made(f"Surname|{options}", value).last_name == becomes
    assert made("Surname", value).last_name == value


@pytest.mark.parametrize("options", ["u", "h", "p:9{0}", f"h,u,{FOUR}"])
def test_what_is_empty_stays_empty(options: str) -> None:
    assert made(f"Surname|{options}", "").last_name == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("x", "No such option: 'x'"),
        ("U", "No such option: 'U'"),
        ("u,x", "No such option: 'x'"),
        ("p", "No such option: 'p'"),
        ("p:", "nothing to put around"),
        ("p::", "nothing to put around"),
        ("p::::^4", "nothing to put around"),
        ("p:9{0}::(", "cannot be read"),
    ],
)
def test_what_is_no_option_is_refused_in_words(options: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        mapping({"last_name": f"Surname|{options}"})
    assert words in refused.value.message
    assert refused.value.details["field"] == "last_name"


async def test_numbers_of_a_source_after_their_options(
    people: People, library: Library, directory: DirectoryService
) -> None:
    """What is made of them is shown, searched and looked up."""
    anne = people.actor(await people.user("Anne", "Petit"))
    fields = {**MAPPING, "identifier": "id|h", "last_name": "sn|u", "work": f"tel|{FOUR}"}
    source = await library.directory(mapping=fields)
    await library.grant(source)
    run = await library.run(source, {"id": "1", "sn": "Durand", "tel": "4092; 0155171889"})
    assert run.counts.created == 1
    (card,) = await directory.search(anne, "durand")
    assert card.contact.last_name == "DURAND"
    assert [one.number for one in card.contact.numbers] == ["94092", "0155171889"]
    assert [one.ids for one in await directory.search(anne, "94092")] == [card.ids]
    match = await directory.reverse(anne, "00155171889")
    assert match is not None and match.contact.last_name == "DURAND"


async def test_hidden_fields_and_addresses_on_the_card(
    people: People, library: Library, directory: DirectoryService
) -> None:
    anne = people.actor(await people.user("Anne", "Petit"))
    private = {
        "private0": "v",
        "private1": "v|a",
        "private2": "v|i",
        "private3": "v|a,u",
        "private4": "v|i,a",
        "private5": "v|p:x{0},a",
    }
    source = await library.directory(mapping={"identifier": "id", "last_name": "sn", **private})
    await library.grant(source)
    await library.run(source, {"id": "1", "sn": "Durand", "v": "Lyon"})
    (card,) = await directory.search(anne, "durand")
    assert [(one.text, one.address) for one in card.fields] == [
        ("Lyon", False),
        ("Lyon", True),
        ("LYON", True),
        ("xLyon", True),
    ]
