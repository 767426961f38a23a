"""Something of everything, for walks through all operations: what `their link` stands for."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests import granting
from tests.access.authenticator import new_passkey
from tests.web.calls import OUTSIDE, answered, at, dials, ends, handed_on, parked, rings
from tests.web.house import PASSWORD, House
from tests.web.pictures import photographed
from tws import __version__
from tws.access.login_method import Credentials
from tws.incidents.model import Wanted
from tws.maintenance.backups.archive import writing
from tws.maintenance.backups.model import FORMAT, About, Manifest, Why
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.applications import Application
from tws.organisation.shared_device import Queue
from tws.queues import store
from tws.queues.model import Abandoned
from tws.storage import new_id
from tws.storage.migrations import HEAD
from tws.telephony.commands import MakeCall
from tws.telephony.event_reports import CommandDone, Held, Queued
from tws.telephony.model import ConnectionState, Party, SnapshotConnection

Names = dict[str, str]
"What an example calls a thing -> its id."


class Place(NamedTuple):
    """Of a domain: a user, and numbers there."""

    user: str
    number: str
    colleagues: str
    "That of a telephone which rings."
    park: str
    second: str
    "Another telephone of the user."


QUEUED = "7000"
PLACES = {
    "Paris": Place("alice", "4001", "4099", "4097", "4098"),
    "Nice": Place("carol", "4101", "4199", "4197", "4198"),
    "Berlin": Place("erin", "5001", "5099", "5097", "5098"),
}


def _back_up(path: Path) -> None:
    """Of nothing, but whole."""
    about = About(
        format=FORMAT,
        tws=__version__,
        schema=HEAD,
        database="sqlite",
        taken=datetime.now(UTC),
        why=Why.ASKED,
    )
    path.unlink(missing_ok=True)
    with writing(path, about, None) as writer:
        writer.end(Manifest(about=about, tables={}, sequences={}, key=None, key_inside=False))


async def things(house: House, domain: str) -> Names:
    """Something of everything of a domain: calls, contacts and a line of the call log too."""
    rooms, organisation = house.rooms, house.rooms.organisation
    username, number, colleagues, place_of_parked, second = PLACES[domain]
    place, user, link = house.domains[domain], house.users[username], house.links[domain]
    house.cut(domain)
    house.connect(domain)
    (incident,) = await rooms.incidents.list_incidents(SYSTEM, Wanted(), place.company, 1)
    group = await organisation.groups.create_group(SYSTEM, domain=place.id, name="Group")
    everybody = await organisation.groups.create_group(SYSTEM, domain=place.id, name="Everybody")
    colleague = await organisation.users.create_user(
        SYSTEM, domain=place.id, username=f"colleague-{domain}"
    )
    await organisation.groups.set_members(
        SYSTEM, everybody.id, everybody.version, [user.id, colleague.id]
    )
    await organisation.devices.create_device(
        SYSTEM, user=colleague.id, link=link.id, number=colleagues
    )
    another = await organisation.devices.create_device(
        SYSTEM, user=user.id, link=link.id, number=second
    )
    granted = await organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=user.id)
    )
    administrator = await organisation.administrators.create_administrator(
        SYSTEM, username=f"another-{domain}", companies=[place.company]
    )
    directory = await organisation.directories.create_directory(
        SYSTEM, domain=place.id, name="Directory", connector="paper", settings={"host": "x"}
    )
    user_import = await organisation.user_imports.create_user_import(
        SYSTEM,
        domain=place.id,
        name="Employees",
        connector="paper",
        settings={"host": "x"},
        fields={"username": "name", "identifier": "id", "number": "tel"},
        link=link.id,
    )
    connection = await organisation.scim_connections.create_scim_connection(
        SYSTEM, domain=place.id, name="Entra ID", link=link.id
    )
    await rooms.provisioning.tokens.make_token(SYSTEM, connection.id)
    source = await organisation.collaboration.create_collaboration_source(
        SYSTEM,
        domain=place.id,
        name="Calendars",
        connector="ical",
        settings={"url": "http://127.0.0.1:1/{user}.ics"},
    )
    provider = await organisation.sms_providers.create_sms_provider(
        SYSTEM,
        domain=place.id,
        name="SMS",
        connector="http",
        settings={"url": "http://127.0.0.1:1/", "body": "{to} {text}"},
    )
    await organisation.parameters.set_parameter(
        SYSTEM, parameter="AuthorizeSms", value=True, domain=place.id
    )
    queue = await organisation.queues.create_queue(
        SYSTEM, domain=place.id, name="Queue", link=link.id, number=QUEUED
    )
    for grant in (
        granting.application(Application.ALERTER, user=user.id),
        granting.queue(queue.id, user=user.id),
    ):
        await organisation.grants.create_grant(SYSTEM, **grant)
    intercom = await organisation.intercom_groups.create_intercom_group(
        SYSTEM, domain=place.id, name="Intercom"
    )
    for one in (user, colleague):
        to = granting.intercom_group(intercom.id, user=one.id)
        await organisation.grants.create_grant(SYSTEM, **to)
    for allowed in ("AuthorizeInterception", "AuthorizedExternalChat"):
        await organisation.parameters.set_parameter(
            SYSTEM, parameter=allowed, value=True, domain=place.id
        )
    await organisation.grants.create_grant(
        SYSTEM, **granting.directory(directory.id, user=colleague.id)
    )
    await organisation.grants.create_grant(
        SYSTEM, **granting.calendars({"user": user.id}, user=colleague.id)
    )
    value = await organisation.parameters.set_parameter(
        SYSTEM, parameter="timeSynchronizationDirectories", value="04:00", domain=place.id
    )
    key, _ = await rooms.access.keys.create_api_key(SYSTEM, user.id, "to revoke", None)
    signed, _ = await rooms.access.signing.login(Credentials(username, PASSWORD), agent="")
    await rooms.access.second_factors.begin(signed)
    passkey = await new_passkey(rooms.access, signed)
    await rooms.access.passwords.set_administrator_password(SYSTEM, administrator.id, PASSWORD)
    shown_by = Credentials(administrator.username, PASSWORD)
    manager, _ = await rooms.access.signing.login_administrator(shown_by, agent="")
    await rooms.access.second_factors.begin(manager)
    program = await house.program(username)
    contact, private = [
        await program.post("contacts", json={"lastName": f"Of {domain}", "private": private})
        for private in (False, True)
    ]
    mobile = {"kind": "mobile", "number": "+33612345678"}
    texted = await program.post("contacts", json={"lastName": "Texted", "numbers": [mobile]})
    texts = {"contact": texted.json()["id"], "text": f"Of {domain}"}
    text_message = await program.post("sms", json=texts)
    friends = await program.post("contact-lists", json={"name": f"Friends of {domain}"})
    in_it = {"contacts": [contact.json()["id"], private.json()["id"]]}
    await program.post(f"contact-lists/{friends.json()['id']}/contacts", json=in_it)
    forward = {"destination": place_of_parked, "type": "busy", "active": False}
    rule = await program.post("forwarding-rules", json=forward)
    away = {"name": f"Of {domain}", "device": another.id, "rules": [rule.json()["id"]]}
    profile = await program.post("profiles", json=away)
    note = await program.post("notes", json={"text": f"Of {domain}", "public": True})
    await photographed(house.storage, contact.json()["id"], private.json()["id"])
    await organisation.user_photos.set_user_photo(SYSTEM, user.id, "a photo", b"a photo")
    await organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, user=colleague.id)
    )
    sent = await program.post(
        "chat-files",
        params={"user": colleague.id, "name": "a.txt"},
        content=b"x",
        headers={"Content-Type": "application/octet-stream"},
    )
    outside = await rooms.external.book.add(
        user.id, user.company, "somebody@outside.example", "", asked_for=True
    )
    trace = await rooms.traces.begin(SYSTEM, link.id)
    backups = (await rooms.backups.standing(SYSTEM)).settings.folder
    backups.mkdir(exist_ok=True)
    _back_up(backups / f"{domain}.twsbackup")
    await rooms.bus.settle()
    house.report(rings("1", number), answered("1", number), ends("1", number), domain=domain)
    house.report(rings("2", number), answered("2", number), domain=domain)
    two = rings("2", number).connection
    house.report(Held(connection=two), rings("3", number), answered("3", number), domain=domain)
    house.report(handed_on("4", colleagues, by=number), domain=domain)
    house.report(Queued(connection=at("6", QUEUED), calling=Party(OUTSIDE)), domain=domain)
    house.report(rings("5", number), answered("5", number), domain=domain)
    waits = SnapshotConnection(at("5", place_of_parked), ConnectionState.QUEUED)
    house.pbx(domain).calls[waits.connection.device] = (waits,)
    house.report(parked("5", number, place_of_parked), domain=domain)
    await rooms.bus.settle()
    await rooms.journal.flush()
    house.devices |= {x.number: x for x in rooms.registry.devices.values()}
    (waiting,) = rooms.queues.queued(queue.id)
    gave_up = await abandoned(house, queue)
    held, active = house.legs(number)
    (ringing,) = house.legs(colleagues)
    return {
        "trial call": await tried(house, domain),
        "company": place.company,
        "domain": place.id,
        "user": user.id,
        "name": user.last_name,
        "device": house.device(number),
        "second device": another.id,
        "number": colleagues,
        "place": place_of_parked,
        "link": link.id,
        "group": group.id,
        "directory": directory.id,
        "collaboration source": source.id,
        "SMS provider": provider.id,
        "texted contact": texts["contact"],
        "text message": text_message.json()["id"],
        "user import": user_import.id,
        "SCIM connection": connection.id,
        "queue": queue.id,
        "waiting leg": waiting.leg or "",
        "abandoned call": gave_up,
        "intercomGroup": intercom.id,
        "parameter value": value.id,
        "grant": granted.id,
        "incident": incident.id,
        "administrator": administrator.id,
        "administrator's session": manager.session or "",
        "service": "calendars",
        "backup": f"{domain}.twsbackup",
        "trace": trace.stored.id,
        "key": key.id,
        "session": signed.session or "",
        "passkey": passkey.id,
        "contact": contact.json()["id"],
        "private contact": private.json()["id"],
        "colleague": colleague.id,
        "message": sent.json()["id"],
        "external contact": outside.id,
        "sent file": sent.json()["file"]["id"],
        "contact list": friends.json()["id"],
        "forwarding rule": rule.json()["id"],
        "profile": profile.json()["id"],
        "note": note.json()["id"],
        "leg": active,
        "held leg": held,
        "ringing leg": ringing,
    }


async def abandoned(house: House, queue: Queue) -> str:
    """Somebody whom nobody answered."""
    now = house.rooms.clock()
    one = Abandoned(
        id=new_id(),
        company=queue.company,
        queue=queue.id,
        number="0155171889",
        name="",
        restricted=False,
        hidden=False,
        since=now,
        ended=now,
    )
    async with house.storage.transaction() as tx:
        await store.note(tx, one)
    return one.id


async def tried(house: House, domain: str) -> str:
    """A trial call, made by the administrator of the company."""
    place, number = house.domains[domain], PLACES[domain].colleagues
    known = house.rooms.registry
    (by,) = [
        row
        for row in known.administrators.values()
        if row.companies == {place.company} and row.username.startswith("admin-")
    ]
    actor = Actor(label=by.username, administrator=by.id, companies=by.companies)
    device = house.devices[number].id
    making = asyncio.create_task(house.rooms.trial_calls.begin(actor, device, "4003"))
    command = await house.asked(MakeCall, domain)
    own = at("9", number)
    house.report(dials("9", number, "4003"), CommandDone(command.id, own), domain=domain)
    return (await making).id
