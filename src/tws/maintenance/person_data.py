"""All that is known of one person: given out, and taken away."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from tws.errors import Invalid, NotFound
from tws.maintenance import store
from tws.maintenance.archives import archive
from tws.maintenance.company_data import TRACES, counted, emptied
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.model import User
from tws.organisation.permission import managed, managed_company
from tws.organisation.registry import Registry
from tws.organisation.users import Users
from tws.storage import Storage
from tws.storage.belonging import OfUser

LOG, FACTS, AUDIT, REPORTS = "call_leg", "call_fact", "audit", "user_import_run"


class PersonData:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        users: Users,
        forget_traces: Callable[[CompanyId, UserId], Awaitable[int]],
    ) -> None:
        self._storage, self._registry, self._users = storage, registry, users
        self._forget_traces = forget_traces

    async def export(self, actor: Actor, id: UserId) -> AsyncIterator[bytes]:
        """A ZIP file: a file of JSON lines for each table with rows of the user, or that name
        him. For who manages the company."""
        async for block in archive(self._storage, OfUser(self._user(actor, id).id)):
            yield block

    async def held(self, actor: Actor, id: UserId) -> Mapping[str, int]:
        """How many rows of which table an erasure would take away now; lines of the audit log and
        of reports, in which he is only named, are told by the erasure itself."""
        return await self._held(self._user(actor, id).id)

    async def erase(self, actor: Actor, id: UserId, username: str) -> Mapping[str, int]:
        """The user with all that is his, the call log too; in the audit log that something was
        done stays, not by or of whom; reports of imports do not name him; traces of the links of
        his telephones go. How many rows, and traces. Invalid for another user name.

        What stays: that a colleague was called by this name (it is the colleague's log), and the
        facts for statistics, which have neither name nor number.

        One that was interrupted when the user was gone already is asked for again: then what was
        left is counted.
        """
        company, counts = await self._interrupted(actor, id), dict[str, int]()
        if company is None:
            user = self._user(actor, id)
            company, counts = user.company, await self._taken_away(actor, user, username)
        counts[LOG] = counts.get(LOG, 0) + await emptied(self._storage, LOG, OfUser(id))
        async with self._storage.transaction() as tx:
            audited = await store.forget_in_audit(tx, id)
            counts[AUDIT] = counts.get(AUDIT, 0) + audited
            done = {table: number for table, number in counts.items() if number}
            await tx.audit(actor, "user erased", id, None, done, company=company)
        return done

    async def _taken_away(self, actor: Actor, user: User, username: str) -> dict[str, int]:
        """What is his, and the user last."""
        if username.strip() != user.username:
            raise Invalid(
                f"Write {user.username} to erase this user.",
                field="name",
                why="nameToErase",
                parameters={"name": user.username},
            )
        counts = await self._held(user.id)
        # Before his telephones go, which say on which links he was.
        counts[TRACES] = await self._forget_traces(user.company, user.id)
        counts[LOG] = await emptied(self._storage, LOG, OfUser(user.id))
        async with self._storage.transaction() as tx:
            counts[AUDIT] = await store.forget_who_acted(tx, user.company, user.username)
            reports = await store.forget_in_reports(tx, user.company, user.username)
            counts[REPORTS] = reports
            await tx.audit(actor, "user erasure begun", user.id, None, None, company=user.company)
        await self._users.delete_user(actor, user.id, user.version)
        return counts

    async def _interrupted(self, actor: Actor, id: UserId) -> CompanyId | None:
        """The company of a user who is gone, and whose erasure has not come to its end."""
        if id in self._registry.users:
            return None
        async with self._storage.reading() as reader:
            company = await store.erasure_begun(reader, id)
        try:
            return None if company is None else self._company(actor, company)
        except NotFound:
            return None  # of another's

    async def _held(self, id: UserId) -> dict[str, int]:
        """How many rows of each table there are now, but those that stay."""
        whose = OfUser(id)
        going = [table for table in store.tables_of(whose) if table != FACTS]
        return await counted(self._storage, going, whose)

    def _company(self, actor: Actor, id: CompanyId) -> CompanyId:
        return managed_company(actor, self._registry.companies, id).id

    def _user(self, actor: Actor, id: UserId) -> User:
        return managed(actor, self._registry.users, id, "user")
