"""What changes for a few is made again for those few, and for no other company."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.web.house import House
from tws.journal.note import Note, NoteChanged, NoteId
from tws.organisation.events import GroupChanged, UserChanged, UserDeviceChanged
from tws.organisation.model import Group, User
from tws.web.live.views.scope import Kind

CALLED = {Kind.RULES, Kind.JOURNAL, Kind.CHATS}
"What shows how others are called, who is where, or what they wrote."


def again(house: House, event: object) -> set[tuple[str, str]]:
    """What is made again after it: kinds, and of whom."""
    topics, names = house.app.state.hub._topics, {x.id: x.username for x in house.users.values()}
    topics._marked.clear()
    house.rooms.bus.publish(event)
    found = {topic.scope for topic in topics._marked}
    return {(one.kind, names[one.id]) for one in found if one.kind in CALLED}


async def test_only_those_whom_it_concerns(house: House) -> None:
    clients = [await house.sign_in(name) for name in ("alice", "bob", "carol", "erin")]
    one, two, three, four = (house.page(client) for client in clients)
    async with one, two, three, four:
        bob = house.users["bob"]
        mail = replace(bob, version=bob.version + 1, email="bob@example.com")
        assert again(house, UserChanged(bob, mail)) == {("rules", "bob"), ("journal", "bob")}
        named = replace(mail, version=mail.version + 1, last_name="Dupont")
        assert again(house, UserChanged(mail, named)) == {
            ("journal", "bob"),
            *(("rules", name) for name in ("alice", "bob", "carol")),
            *(("chats", name) for name in ("alice", "bob", "carol")),
        }
        device = house.devices["4003"]
        label = replace(device, version=device.version + 1, label="Desk")
        assert again(house, UserDeviceChanged(device, label)) == set()
        number = replace(label, version=label.version + 1, number="4009")
        assert again(house, UserDeviceChanged(label, number)) == {
            ("rules", name) for name in ("alice", "bob", "carol")
        }


@pytest.mark.parametrize(
    ("public", "read_by"), [(True, {"alice", "bob"}), (False, {"bob"})], ids=("public", "private")
)
async def test_a_note_is_read_where_it_is_written(
    house: House, public: bool, read_by: set[str]
) -> None:
    clients = [await house.sign_in(name) for name in ("alice", "bob", "carol", "erin")]
    one, two, three, four = (house.page(client) for client in clients)
    async with one, two, three, four:
        bob: User = house.users["bob"]
        note = Note(
            id=NoteId("note"),
            version=1,
            company=bob.company,
            domain=bob.domain,
            author=bob.id,
            text="Bring the plans.",
            public=public,
            created=datetime.now(UTC),
        )
        assert again(house, NoteChanged(None, note)) == {("journal", name) for name in read_by}


async def test_a_group_concerns_those_who_come_or_go(house: House) -> None:
    clients = [await house.sign_in(name) for name in ("alice", "bob", "erin")]
    one, two, three = (house.page(client) for client in clients)
    async with one, two, three:
        alice, bob = house.users["alice"], house.users["bob"]
        before = Group(
            id="group",  # type: ignore[arg-type]
            version=1,
            company=bob.company,
            domain=bob.domain,
            name="Staff",
            members=frozenset({alice.id, bob.id}),
        )
        house.rooms.bus.publish(GroupChanged(None, before))
        after = replace(before, version=2, members=frozenset({alice.id}))
        assert GroupChanged(before, after).concerned == {bob.id}
        marked = again(house, GroupChanged(before, after))
        assert {one for one in marked if one[0] != "chats"} == {
            ("rules", "bob"),
            ("journal", "bob"),
        }
        renamed = replace(after, version=3, name="Others")
        assert GroupChanged(after, renamed).concerned == {alice.id}
        assert ("chats", "erin") not in again(house, GroupChanged(after, renamed))
