"""What a user does with his account outside (9.1.8, AuthorizedExternalChat), and with whom he
knows there. What he writes to them goes as all chat does, by `gateway`."""

from collections.abc import Sequence
from dataclasses import replace

from msgspec import Struct

from tws.errors import Conflict, Invalid, missing
from tws.messaging.external import addresses
from tws.messaging.external.book import EXTERNAL_ACCOUNT, Book
from tws.messaging.external.elsewhere import LineElsewhere
from tws.messaging.external.lines import Lines
from tws.messaging.external.model import (
    MOST_CONTACTS,
    AccountCondition,
    ExternalAccount,
    ExternalContact,
    Standing,
)
from tws.messaging.external.network import Line
from tws.messaging.external.rights import ExternalRights
from tws.organisation import words
from tws.organisation.actor import Actor, UserId
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_EXTERNAL_CHAT
from tws.organisation.permission import caller_row, forbidden_by, own_row
from tws.organisation.registry import Registry
from tws.records.changing import ChangingRows, create, present, remove, write
from tws.records.sealing import Sealing
from tws.storage import RowClash, Storage, new_id

LONGEST_PASSWORD = 200
OWN = "Such an account is a user's own."


class Correspondent(Struct, frozen=True):
    contact: ExternalContact
    standing: Standing


class ExternalService(ChangingRows):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sealing: Sealing,
        book: Book,
        lines: Lines,
        rights: ExternalRights,
    ) -> None:
        super().__init__(storage)
        self._registry, self._sealing = registry, sealing
        self.book, self.lines, self._rights = book, lines, rights

    # ------------------------------------------------------------ seen

    def may(self, user: UserId) -> bool:
        return self._rights.may(user)

    def account(self, user: UserId) -> tuple[ExternalAccount, AccountCondition] | None:
        """What he has, and how it is; of whoever asks for himself."""
        account = self.book.account(user)
        return None if account is None else (account, self.lines.condition(user))

    def correspondents(self, user: UserId) -> Sequence[Correspondent]:
        """By name."""
        rows = sorted(self.book.contacts(user), key=lambda row: words.fold(row.called))
        return [self.correspondent(row) for row in rows]

    def correspondent(self, row: ExternalContact) -> Correspondent:
        return Correspondent(row, self.lines.standing(row.user, row.address))

    # ------------------------------------------------------------ the account

    def own(self, actor: Actor) -> User:
        """NotAllowed to whoever may not chat with people outside."""
        user = caller_row(actor, self._registry.users, OWN)
        if not self._rights.may(user.id):
            raise forbidden_by(AUTHORIZED_EXTERNAL_CHAT)
        return user

    def _asking(self, actor: Actor) -> User:
        return own_row(actor, self._registry.users, OWN)

    async def set_account(
        self,
        actor: Actor,
        *,
        address: str,
        password: str | None = None,
        host: str = "",
        port: int | None = None,
    ) -> ExternalAccount:
        """`password` None = as it is: not for another server, to which it would be told. It is
        connected anew, whatever has changed. Invalid."""
        user = self.own(actor)
        wanted = addresses.address(address)
        if password is not None and not 0 < len(password) <= LONGEST_PASSWORD:
            raise Invalid(f"A password has 1 to {LONGEST_PASSWORD} characters.", field="password")
        async with self._transaction() as tx:
            known = self.book.account(user.id)
            before = known and await present(tx, EXTERNAL_ACCOUNT, known.id, known.version)
            row = before or ExternalAccount(
                id=new_id(), version=1, company=user.company, user=user.id, address="", password=""
            )
            after = replace(row, address=wanted, host=addresses.host(host), port=port)
            if password is not None:
                sealed = self._sealing.column(row.id, "password", password, row.password)
                after = replace(after, password=sealed)
            elif before is None or _server(after) != _server(before):
                raise Invalid("A password is needed.", field="password", why="needed")
            if before is None:
                await create(tx, actor, EXTERNAL_ACCOUNT, after)
            else:
                after = await write(tx, actor, EXTERNAL_ACCOUNT, before, after)
        if after is before:
            self.lines.again(user.id)
        return after

    async def delete_account(self, actor: Actor) -> None:
        """With whom he knew there, and all that they wrote. It is his own: also where he may not
        use it any more. NotFound where there is none."""
        user = self._asking(actor)
        known = self.book.account(user.id)
        if known is None:
            raise missing("external account")
        async with self._transaction() as tx:
            row = await present(tx, EXTERNAL_ACCOUNT, known.id, known.version)
            await remove(tx, actor, EXTERNAL_ACCOUNT, row)
            await self.book.forget_all(tx, user.id)

    # ------------------------------------------------------------ people

    async def add(self, actor: Actor, address: str, name: str = "") -> ExternalContact:
        """Somebody to write to; he is asked whether he shows how he is. Conflict where he is known
        already, or there is no connection."""
        user, wanted = self.own(actor), addresses.address(address)
        called = words.optional(name, "name")
        account = self.book.account(user.id)
        if account is not None and account.address == wanted:
            raise Invalid("This is your own address.", field="address", why="externalOwn")
        line = self._connected(user.id)
        if self.book.count(user.id) >= MOST_CONTACTS:
            raise Conflict(
                f"There are {MOST_CONTACTS} external contacts at most.",
                why="externalTooMany",
                parameters={"most": MOST_CONTACTS},
            )
        known = self.book.at(user.id, wanted)
        if known is not None and self._listed(known):
            raise _known_already()
        if known is not None:
            row = await self.book.change(known, name=called or known.name, asked_for=True)
        else:
            try:
                row = await self.book.add(user.id, user.company, wanted, called, asked_for=True)
            except RowClash:
                raise _known_already() from None
        line.add(row.address, row.name)
        return row

    async def remove(self, actor: Actor, id: str) -> None:
        """With all that was written; NotFound, or Conflict where there is no connection."""
        row = self._own_contact(actor, id)
        line = self._connected(row.user)
        await self.book.remove(row)
        line.remove(row.address)

    async def answer(self, actor: Actor, id: str, yes: bool) -> None:
        """Whether he may see how the user is; with Yes the user asks him the same. NotFound, or
        Conflict where he does not ask."""
        row = self._own_contact(actor, id)
        line = self._connected(row.user)
        if not self.lines.standing(row.user, row.address).asks:
            raise Conflict("Nobody waits for this answer.", why="externalNotAsked")
        line.answer(row.address, yes)
        self.lines.answered(row.user, row.address)
        if yes and not row.asked_for:
            row = await self.book.change(row, name=row.name, asked_for=True)
            line.add(row.address, row.name)
        self.lines.tell(row.user)

    def _listed(self, row: ExternalContact) -> bool:
        """Whether the server's list has him: who said no, or was taken off it by another program,
        can be asked again."""
        standing = self.correspondent(row).standing
        return row.asked_for and (standing.asked or standing.availability is not None)

    def _own_contact(self, actor: Actor, id: str) -> ExternalContact:
        user, row = self.own(actor), self.book.contact(id)
        if row is None or row.user != user.id:
            raise missing("external contact")
        return row

    def _connected(self, user: UserId) -> Line | LineElsewhere:
        line = self.lines.line(user)
        if line is None:
            raise Conflict("Your external account is not connected.", why="externalNotConnected")
        return line


def _server(account: ExternalAccount) -> tuple[object, ...]:
    """To what the password is told."""
    return account.address.rpartition("@")[2], account.host, account.port


def _known_already() -> Conflict:
    return Conflict("This address is known already.", field="address", why="externalKnown")
