"""Everybody's accounts outside, and whom they know there, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from tws.bus import Bus
from tws.messaging.chat.events import PartyGone
from tws.messaging.external import store
from tws.messaging.external.events import ExternalAccountChanged, ExternalContactChanged
from tws.messaging.external.model import ContactId, ExternalAccount, ExternalContact
from tws.organisation.actor import CompanyId, UserId
from tws.organisation.events import UserChanged
from tws.records.kind import Kind
from tws.storage import Storage, Transaction, new_id
from tws.storage.replica import Index, Replica, load


def _without_password(account: ExternalAccount) -> object:
    return replace(account, password="")


EXTERNAL_ACCOUNT = Kind[ExternalAccount](
    "external account", store.accounts, ExternalAccountChanged, said=_without_password
)


class Book:
    def __init__(self, storage: Storage, bus: Bus) -> None:
        self._storage, self._bus = storage, bus
        self._account_of = Index[UserId, ExternalAccount](lambda row: (row.user,))
        self._contacts_of = Index[UserId, ExternalContact](lambda row: (row.user,))
        self._at = Index[tuple[UserId, str], ExternalContact](
            lambda row: ((row.user, row.address),)
        )
        self._strangers_of = Index[UserId, ExternalContact](
            lambda row: () if row.asked_for else (row.user,)
        )
        accounts = Replica(store.accounts.all, ExternalAccountChanged, self._account_of)
        contacts = Replica(
            store.contacts.all,
            ExternalContactChanged,
            self._contacts_of,
            self._strangers_of,
            self._at,
        )
        self._accounts, self._contacts = accounts, contacts
        self.replicas = (accounts, contacts)
        bus.follow(ExternalAccountChanged, lambda event: accounts.hear(event.before, event.after))
        bus.follow(ExternalContactChanged, self._contact_changed)
        bus.follow(UserChanged, self._user_changed)

    async def load(self) -> None:
        await load(self._storage, self.replicas)

    def accounts(self) -> Sequence[ExternalAccount]:
        return tuple(self._accounts.rows.values())

    def account(self, user: UserId) -> ExternalAccount | None:
        return self._account_of.first(user)

    def contacts(self, user: UserId) -> tuple[ExternalContact, ...]:
        """Oldest first."""
        return self._contacts_of[user]

    def count(self, user: UserId) -> int:
        """Of his contacts."""
        return self._contacts_of.count(user)

    def strangers(self, user: UserId) -> int:
        """Of these, those for whom he never asked."""
        return self._strangers_of.count(user)

    def contact(self, id: str) -> ExternalContact | None:
        return self._contacts.rows.get(id)

    def at(self, user: UserId, address: str) -> ExternalContact | None:
        return self._at.first((user, address))

    # ------------------------------------------------------------ changed

    async def add(
        self, user: UserId, company: CompanyId, address: str, name: str, *, asked_for: bool
    ) -> ExternalContact:
        """RowClash where he is there, StorageUnavailable."""
        row = ExternalContact(
            id=ContactId(new_id()),
            version=1,
            company=company,
            user=user,
            address=address,
            name=name,
            asked_for=asked_for,
        )
        async with self._storage.transaction() as tx:
            await store.contacts.insert(tx, row)
            tx.publish(ExternalContactChanged(None, row))
        return row

    async def change(
        self, before: ExternalContact, *, name: str, asked_for: bool
    ) -> ExternalContact:
        """StorageUnavailable. Lines of the audit log there are none: whom a user knows is his."""
        after = replace(before, name=name, asked_for=asked_for)
        if after == before:
            return before
        after = replace(after, version=before.version + 1)
        async with self._storage.transaction() as tx:
            await store.contacts.update(tx, after)
            tx.publish(ExternalContactChanged(before, after))
        return after

    async def remove(self, row: ExternalContact) -> None:
        """With all that was written to him, and by him; StorageUnavailable."""
        async with self._storage.transaction() as tx:
            await _forget(tx, row)

    async def forget_all(self, tx: Transaction, user: UserId) -> None:
        """The same of all whom he knows."""
        for row in self.contacts(user):
            await _forget(tx, row)

    def _contact_changed(self, event: ExternalContactChanged) -> None:
        self._contacts.hear(event.before, event.after)
        if event.before is not None and event.after is None:
            self._bus.publish(PartyGone(event.before.id))

    def _user_changed(self, event: UserChanged) -> None:
        """With a user go his rows, from the database by its own."""
        if event.before is None or event.after is not None:
            return
        user = event.before.id
        if (account := self.account(user)) is not None:
            self._bus.publish(ExternalAccountChanged(account, None))
        for row in self.contacts(user):
            self._bus.publish(ExternalContactChanged(row, None))


async def _forget(tx: Transaction, row: ExternalContact) -> None:
    await store.contacts.delete(tx, row)
    tx.publish(ExternalContactChanged(row, None))
