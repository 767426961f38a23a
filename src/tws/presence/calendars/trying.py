"""Calendars that are read to see whether they can be; nothing of them is kept."""

from collections.abc import Awaitable, Callable, Mapping

from tws.errors import Conflict, Invalid, NotAllowed, missing
from tws.organisation.actor import Actor, CollaborationId, UserId
from tws.organisation.drafts import CollaborationDraft
from tws.organisation.model import CollaborationAccount, CollaborationSource
from tws.organisation.permission import may_change
from tws.organisation.registry import Registry
from tws.presence.calendars.model import CalendarReading, Tried
from tws.presence.calendars.refreshing import OpenedSettings, Refreshing
from tws.sources.errors import ConnectorError
from tws.sources.failing import Failed, failed

TRIED = 5
"People that are read when a source is tried."
Ask = Callable[[Refreshing], Awaitable[None]]
"Reads what a refreshing asks for, and lets it hear. Raises ConnectorError."


def managed_source(registry: Registry, actor: Actor, id: CollaborationId) -> CollaborationSource:
    source = registry.collaboration_sources.get(id)
    if source is None:
        raise missing("collaboration source")
    may_change(actor, source.company, "collaboration source")
    return source


class Trials:
    def __init__(self, registry: Registry, settings: OpenedSettings, ask: Ask) -> None:
        self._registry, self._settings, self._ask = registry, settings, ask

    async def try_out(self, actor: Actor, id: CollaborationId) -> list[Tried]:
        """Read some people's calendars, as the source is stored; nothing is changed. Raises
        ConnectorError; Conflict where there is nobody, Invalid where the settings cannot be
        used."""
        return await self._tried(self._trial(self._source(actor, id), self._settings))

    async def try_draft(self, actor: Actor, draft: CollaborationDraft) -> list[Tried]:
        """The same of a source that is not stored, or not so. Users' own accounts are not told to
        it: everybody is read with the account for all."""
        may_change(actor, draft.source.company, "collaboration source")
        trial = self._trial(draft.source, lambda source, account: draft.settings, accounts={})
        return await self._tried(trial)

    async def try_account(self, actor: Actor, draft: CollaborationDraft) -> Tried:
        """The calendar of the user who asks, with the account that his form has; nothing is
        changed. Invalid where there is no address of a mailbox."""
        account = draft.account
        if account is None or account.user != actor.user:
            raise NotAllowed("Collaboration accounts are a user's own.", why="usersOnly")
        trial = self._trial(
            draft.source,
            lambda source, account: draft.settings,
            accounts={account.user: account},
            only=account.user,
        )
        if not trial.people:
            raise Invalid("An e-mail address is needed.", field="email", why="needed")
        try:
            await self._ask(trial)
        except ConnectorError as error:
            return Tried(*trial.people[0], failed=failed(error))
        return _tried(trial.told[0])

    def _trial(
        self,
        source: CollaborationSource,
        settings: OpenedSettings,
        accounts: Mapping[UserId, CollaborationAccount] | None = None,
        only: UserId | None = None,
    ) -> Refreshing:
        return Refreshing(
            source,
            self._registry,
            settings,
            lambda user: None,
            lambda reading: None,
            TRIED,
            accounts,
            only,
        )

    async def _tried(self, trial: Refreshing) -> list[Tried]:
        if not trial.people:
            raise Conflict("No user of this domain has an e-mail address.")
        await self._ask(trial)
        if trial.failed is not None:
            raise trial.failed.error()
        return [_tried(reading) for reading in trial.told]

    def _source(self, actor: Actor, id: CollaborationId) -> CollaborationSource:
        return managed_source(self._registry, actor, id)


def _tried(reading: CalendarReading) -> Tried:
    why = None if reading.problem is None else Failed(reading.problem, reading.said)
    return Tried(reading.user, reading.mailbox, len(reading.events), why)
