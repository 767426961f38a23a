"""Contacts that TWS keeps itself go out as vCards and come in again, whole."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tws.directory.exporting import Format, exported
from tws.directory.importing import read
from tws.directory.lines import as_written
from tws.directory.model import Contact, ContactId, Source
from tws.directory.own_fields import lines
from tws.directory.showing import card
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.built_in import LABELS, MAPPING
from tws.organisation.model import CONTACTS, Directory, DirectoryKind

COMPANY, OWNER = CompanyId("c"), UserId("u")
DIRECTORY = Directory(
    id=DirectoryId("d"),
    version=1,
    company=COMPANY,
    domain=DomainId("p"),
    name="Private contacts",
    kind=DirectoryKind.PRIVATE,
    connector=CONTACTS,
    priority=0,
    labels=LABELS,
    mapping=MAPPING,
)
OTHERWISE = replace(
    DIRECTORY,
    labels={"private0": "Kunde", "private1": "Note"},
    mapping={"private3": "NOTE", "private4": "ADR.HOME|a", "private5": "ROLE", "private6": "N"},
)
ACTOR = Actor(label="alice", user=OWNER, company=COMPANY)
CONTACT = Contact(
    id=ContactId("01a2"),
    version=1,
    company=COMPANY,
    source=Source.PRIVATE,
    directory=DIRECTORY.id,
    owner=OWNER,
    last_name="Martin",
)
letters = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Co", "Cn", "Cf"))
line = st.text(letters | st.sampled_from("  ,;\\:=\"^'"), max_size=40)
words = st.lists(line, max_size=3).map("\n".join).map(lines)
name = st.text(st.sampled_from("abcé.-+_"), min_size=1, max_size=8)
emails = st.lists(st.builds("{}@{}.example".format, name, name), max_size=10, unique=True)
websites = st.just("") | st.builds("https://{}.example/a,b;c?d={}".format, name, name)


@example(["a,b\nc"] * 10, [], "", DIRECTORY, Format.VCARD3)
@example(["a,b\nc"] * 10, [], "", OTHERWISE, Format.VCARD)
@given(
    st.lists(words, min_size=10, max_size=10),
    emails,
    websites,
    st.sampled_from((DIRECTORY, OTHERWISE)),
    st.sampled_from((Format.VCARD, Format.VCARD3)),
)
def test_what_goes_out_comes_in(
    texts: list[str], emails: list[str], website: str, directory: Directory, format: Format
) -> None:
    contact = replace(CONTACT, private=tuple(texts), emails=tuple(emails), website=website)
    shown = card([contact], {directory.id: directory}, ACTOR, as_written)
    content = read(exported([shown], format).encode(), directory)
    (back,) = content.cards
    assert not content.left and not content.not_kept
    assert back.private == contact.private
    assert back.emails == contact.emails
    assert back.website == contact.website


def test_an_address_of_other_programs_is_one_line() -> None:
    written = "ADR:;Stairs B;5\\, rue du Test;Paris;;75001;France"
    content = read(f"BEGIN:VCARD\nFN:A\n{written}\nEND:VCARD\n".encode(), DIRECTORY)
    assert content.cards[0].private[0] == "Stairs B, 5, rue du Test, 75001 Paris, France"


def test_a_property_that_nothing_is_mapped_to_is_named() -> None:
    bare = replace(DIRECTORY, mapping={})
    many = "".join(f"EMAIL:{n}@a.example\n" for n in range(11))
    content = read(f"BEGIN:VCARD\nFN:A\n{many}NOTE:x\nEND:VCARD\n".encode(), bare)
    assert content.not_kept == ["EMAIL", "NOTE"]
    assert len(content.cards[0].emails) == 10
    assert not any(content.cards[0].private)
