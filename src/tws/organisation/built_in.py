"""The directories that every domain has from its beginning (8.1, 9.1.1): the private contacts of
its users, its public contacts, and its users.

What is public is granted to every domain of the company, in both directions: who does not want
that withdraws it.
"""

from collections.abc import Iterable

from tws.organisation import store
from tws.organisation.actor import Actor, DirectoryId, DomainId
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.kinds import DIRECTORY, GRANT
from tws.organisation.model import CONTACTS, USERS, Directory, DirectoryKind, Domain
from tws.records.changing import create
from tws.storage import Transaction, new_id

NAMES = (
    ("Private contacts", DirectoryKind.PRIVATE, CONTACTS, 0),
    ("Public contacts", DirectoryKind.PUBLIC, CONTACTS, 0),
    ("Users", DirectoryKind.PUBLIC, USERS, 2),
)
"Name, kind, connector and priority."
LABELS = {"private0": "Address", "private1": "Title", "private2": "Note"}
"Of the fields of contacts. Pages say these in any language; what somebody wrote stays as it is."
MAPPING = {"private0": "ADR|a", "private1": "TITLE", "private2": "NOTE"}
"As which properties of vCards they come in and go out."


def new_directories(domain: Domain) -> list[Directory]:
    return [
        Directory(
            id=DirectoryId(new_id()),
            version=1,
            company=domain.company,
            domain=domain.id,
            name=name,
            kind=kind,
            connector=connector,
            priority=priority,
            mapping=MAPPING if connector == CONTACTS else {},
            labels=LABELS if connector == CONTACTS else {},
        )
        for name, kind, connector, priority in NAMES
    ]


async def furnish(tx: Transaction, actor: Actor, domain: Domain) -> None:
    """Give a new domain, written in this transaction, its directories, and grant them."""
    await tx.lock(f"domains {domain.company}")
    whole = await store.domains_of(tx, domain.company)
    others = [other for other in whole if other != domain.id]
    for directory in new_directories(domain):
        await create(tx, actor, DIRECTORY, directory)
        private = directory.kind is DirectoryKind.PRIVATE
        await _grant(tx, actor, directory, [domain.id] if private else whole)
    for other in others:
        for id in await store.directory_ids(tx, other, (CONTACTS, USERS)):
            found = await DIRECTORY.rows.find(tx, id)
            if found is not None and found.kind is DirectoryKind.PUBLIC:
                await _grant(tx, actor, found, [domain.id])


async def _grant(
    tx: Transaction, actor: Actor, directory: Directory, domains: Iterable[DomainId]
) -> None:
    for domain in domains:
        grant = Grant(
            id=new_id(),
            company=directory.company,
            kind=GrantKind.DIRECTORY,
            object_kind=ObjectKind.DIRECTORY,
            object=directory.id,
            grantee_kind=GranteeKind.DOMAIN,
            grantee=domain,
        )
        await create(tx, actor, GRANT, grant)
