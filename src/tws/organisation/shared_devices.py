"""What is done alike with call queues and intercom groups, and what is checked of both."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, Literal, TypedDict, TypeVar, get_args

from tws.errors import invalid
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.device_protocols import CTI
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.granting import uses
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.permission import sees
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup, Queue
from tws.records.changing import present, refuse_if_used, remove
from tws.records.kind import Kind
from tws.records.sealing import Sealing
from tws.sentences import sentence
from tws.storage import Storage

Row = TypeVar("Row", Queue, IntercomGroup)
CtiProtocol = Literal["CSTA", "Vti-XML", "Asterisk"]
LINES: Final = (1, 1000)
SEALED: Final = "password"
assert get_args(CtiProtocol) == CTI


class SharedDeviceFields(TypedDict, total=False):
    """What may be left out: see `SharedDevice`."""

    number: str
    protocol: str
    media_protocol: str
    lines: int
    password: str
    "In the clear; empty takes it away."


class SharedDevices(Part):
    def __init__(self, storage: Storage, registry: Registry, sealing: Sealing) -> None:
        super().__init__(storage, registry)
        self._sealing = sealing

    def _checked(self, kind: Kind[Row], rows: Mapping[Any, Row], row: Row) -> Row:
        """With its texts trimmed. Invalid with words; Conflict where its name or a number of it
        is another's."""
        number = words.device_number(row.number) if row.number else ""
        if number and row.link is None:
            raise invalid(sentence("Choose the link on which the number is."), field="link")
        checked = replace(
            row,
            name=words.name(row.name),
            number=number,
            protocol=words.one_of(row.protocol, "protocol", CTI),
            lines=words.whole(row.lines, "lines", *LINES),
        )
        beside = (other for other in rows.values() if other.domain == row.domain)
        refuse_taken(checked, beside, f"There is a {kind.name} named {{name}} already.")
        return checked

    def _link_in(self, actor: Actor, domain: DomainId, id: str | None) -> str | None:
        """A link of the domain; NotFound where it is another company's. None and "" are none."""
        if not id:
            return None
        link = self._managed(actor, self._registry.links, id, "link", "link")
        if link.domain != domain:
            raise invalid(sentence("This link is of another domain."), field="link")
        return link.id

    def _sealed(self, id: str, fields: SharedDeviceFields, before: str = "") -> SharedDeviceFields:
        given = fields.get(SEALED)
        if given is None:
            return fields
        value = words.secret(given, SEALED)
        return {**fields, "password": self._sealing.column(id, SEALED, value, before)}

    async def _delete(
        self,
        actor: Actor,
        kind: Kind[Row],
        rows: Mapping[Any, Row],
        id: str,
        version: int,
        *named: GranteeKind | ObjectKind,
    ) -> None:
        """Conflict while something is granted to it."""
        self._managed(actor, rows, id, kind.name)
        async with self._transaction() as tx:
            row = await present(tx, kind, id, version)
            await refuse_if_used(tx, row.name, id, {}, await uses(tx, id, *named))
            await remove(tx, actor, kind, row)


def relinked(row: Row, link: str | None, given: str | None, fields: Mapping[str, object]) -> Row:
    """`row` with what was given; `link`: the one that `given` names, which is "" for none."""
    after = changed(row, **fields)
    return after if given is None else replace(after, link=link)


def listed(
    actor: Actor, rows: Mapping[Any, Row], company: CompanyId | None, domain: DomainId | None
) -> tuple[Row, ...]:
    found = of_place(rows.values(), partial(sees, actor), company, domain)
    return by_name(found, lambda row: row.name)
