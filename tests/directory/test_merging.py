"""Contacts of one person as one card."""

from hypothesis import given
from hypothesis import strategies as st

from tws.directory.merging import addresses, merged, persons
from tws.directory.model import Contact, ContactId, ContactNumber, NumberKind, Source
from tws.organisation.actor import CompanyId

WORK, MOBILE = NumberKind.WORK, NumberKind.MOBILE


def contact(id: str, *emails: str, **fields: object) -> Contact:
    return Contact(
        id=ContactId(id),
        version=1,
        company=CompanyId("c"),
        source=Source.PUBLIC,
        emails=emails,
        **fields,  # type: ignore[arg-type]
    )


def ids(groups: list[list[Contact]]) -> list[list[str]]:
    return [[one.id for one in group] for group in groups]


def test_any_address_in_common_case_blind() -> None:
    one, two, three = contact("1", "A@x.org"), contact("2", "b@x.org", "a@X.org"), contact("3")
    assert ids(persons([one, two, three])) == [["1", "2"], ["3"]]


def test_who_shares_with_somebody_who_shares_with_a_third() -> None:
    one, two = contact("1", "a@x.org"), contact("2", "b@x.org")
    both = contact("3", "b@x.org", "a@x.org")
    assert ids(persons([one, two, contact("4"), both])) == [["1", "2", "3"], ["4"]]


def test_without_an_address_nobody_is_anybody() -> None:
    assert ids(persons([contact("1"), contact("2")])) == [["1"], ["2"]]


emails = st.lists(st.sampled_from(["a@x", "B@x", "b@X", "c@x", "d@x", "e@x"]), max_size=3)


@given(st.lists(emails, max_size=8))
def test_persons_are_a_partition_closed_under_addresses(given: list[list[str]]) -> None:
    contacts = [contact(str(n), *each) for n, each in enumerate(given)]
    groups = persons(contacts)
    assert sorted(one.id for group in groups for one in group) == sorted(c.id for c in contacts)
    seen: set[str] = set()
    for group in groups:
        known = {address for one in group for address in addresses(one)}
        assert not seen & known
        seen |= known
        # nobody is in a group that can be parted
        reached, grown = {group[0].id}, True
        while grown:
            grown = False
            inside = [one for one in group if one.id in reached]
            shared = {address for one in inside for address in addresses(one)}
            for one in group:
                if one.id not in reached and addresses(one) & shared:
                    reached.add(one.id)
                    grown = True
        assert reached == {one.id for one in group}


def test_the_first_that_has_a_field_wins_and_others_fill_blanks() -> None:
    exchange = contact("1", "m@x.org", last_name="Durand", organisation="")
    sql = contact(
        "2", "M@x.org", "p@x.org", first_name="Marie", last_name="D.", organisation="SSDEI"
    )
    card = merged([exchange, sql])
    assert card.contact.id == "1"
    assert (card.contact.first_name, card.contact.last_name) == ("", "Durand")
    assert card.contact.organisation == "SSDEI"
    assert card.contact.emails == ("m@x.org", "p@x.org")
    assert card.origins == {
        "last_name": "1",
        "organisation": "2",
        "email:0": "1",
        "email:1": "2",
    }


def test_numbers_are_put_together_and_hidden_if_one_hides_them() -> None:
    one = contact("1", "a@x", numbers=(ContactNumber(WORK, "01 55 17 18 89"),))
    two = contact(
        "2",
        "a@x",
        numbers=(ContactNumber(WORK, "0155171889", red=True), ContactNumber(MOBILE, "0601")),
    )
    card = merged([one, two])
    assert card.contact.numbers == (
        ContactNumber(WORK, "01 55 17 18 89", red=True),
        ContactNumber(MOBILE, "0601"),
    )
    assert (card.origins["number:0"], card.origins["number:1"]) == ("1", "2")


def test_private_fields_go_by_their_labels() -> None:
    one = contact("1", "a@x", private=("gold", "", "blue"))
    two = contact("2", "a@x", private=("red", "yes"))
    labels = {"1": ["[VIP]", "Floor", "Colour"], "2": ["Colour", "[VIP]"]}
    card = merged([one, two], lambda part: labels[part.id])
    assert card.fields == {"[VIP]": "gold", "Colour": "blue"}
    assert card.origins == {
        "email:0": "1",
        "field:[VIP]": "1",
        "field:Colour": "1",
    }


def test_one_contact_is_itself() -> None:
    one = contact("1", "a@x", last_name="Durand", numbers=(ContactNumber(WORK, "1"),))
    assert merged([one]).contact == one
