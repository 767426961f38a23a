"""The plan of the backups, set by super users."""

import asyncio
from dataclasses import replace
from pathlib import Path

from tws.errors import Unavailable, invalid
from tws.maintenance.backups import folder
from tws.maintenance.backups.plan import (
    LONGEST,
    MOST,
    OFF,
    SHORTEST,
    TIME,
    Choices,
    Item,
    Plan,
)
from tws.maintenance.backups.service import BackupService
from tws.organisation.actor import Actor
from tws.organisation.permission import super_users_only
from tws.records.changing import refuse_other_version
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.storage.secrets import SecretLost

PATIENCE = 20.0
"Seconds in which a second place has to answer: a share whose server is away never does."


class BackupSettingsService:
    def __init__(self, choices: Choices, backups: BackupService, storage: Storage) -> None:
        self._choices, self._backups, self._storage = choices, backups, storage
        self._changing = asyncio.Lock()

    def plan(self, actor: Actor) -> Plan:
        super_users_only(actor)
        return self._backups.settings.plan

    async def change(
        self,
        actor: Actor,
        *,
        version: int,
        at: str,
        keep: int,
        copy_to: str | None,
        passphrase: str | None,
    ) -> Plan:
        """From now on. `passphrase` None = as it was, empty = none. Invalid; Conflict where it is
        not the version that was seen."""
        super_users_only(actor)
        async with self._changing:
            before = self._backups.settings.plan
            refuse_other_version(before.version, version)
            place = self._place(copy_to)
            secret = before.passphrase if passphrase is None else passphrase or None
            plan = replace(
                before,
                at=at,
                keep=keep,
                copy_to=place,
                passphrase=secret,
                lost=None,
                version=version + 1,
            )
            _check(before, plan, passphrase)
            async with self._storage.transaction() as tx:
                told = _told(plan) | ({} if passphrase is None else {"passphrase": "changed"})
                action = "backup settings changed"
                await tx.audit(actor, action, "backups", _told(before), told)
            try:
                await asyncio.to_thread(self._choices.write, plan)
            except OSError as error:
                raise Unavailable(f"The settings cannot be written: {error.strerror}.") from error
            except SecretLost as error:
                raise Unavailable(str(error)) from error
            await self._backups.follow(plan)
            return plan

    async def test(self, actor: Actor, copy_to: str) -> Sentence | None:
        """Write a small file to a second place, and delete it: what is wrong, None = nothing."""
        super_users_only(actor)
        place = self._place(copy_to)
        if place is None:
            raise invalid(sentence("a folder is expected"), field="copyTo")
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.to_thread(folder.try_out, place)
        except TimeoutError:
            return sentence("{place} does not answer.", place=str(place))
        except OSError as error:
            why = error.strerror or str(error)
            return sentence("Nothing can be written to {place}: {why}.", place=str(place), why=why)
        return None

    def _place(self, given: str | None) -> Path | None:
        text = (given or "").strip()
        if not text:
            return None
        place = Path(text)
        if not place.is_absolute():
            said = sentence("a path from the root of the server is expected, as /mnt/backups")
            raise invalid(said, field="copyTo")
        if place.resolve() == self._backups.settings.folder.resolve():
            raise invalid(sentence("the backups are in this folder already"), field="copyTo")
        return place


def _check(before: Plan, plan: Plan, passphrase: str | None) -> None:
    changed = {
        Item.AT: plan.at != before.at,
        Item.KEEP: plan.keep != before.keep,
        Item.COPY_TO: plan.copy_to != before.copy_to,
        Item.PASSPHRASE: passphrase is not None,
    }
    for item in before.fixed:
        if changed[item]:
            said = sentence("the environment of the server says this: it is changed there")
            raise invalid(said, field=item.value)
    if plan.at != OFF and not TIME.fullmatch(plan.at):
        raise invalid(sentence("HH:MM is expected, or off"), field="at")
    if not 1 <= plan.keep <= MOST:
        said = sentence("{least} to {most} is expected", least=1, most=MOST)
        raise invalid(said, field="keep")
    known = Item.PASSPHRASE in before.fixed or passphrase is not None
    if before.lost is not None and not known:
        raise invalid(sentence("enter it again, or that there is none"), field="passphrase")
    if passphrase and not SHORTEST <= len(passphrase) <= LONGEST:
        said = sentence("a passphrase has {least} characters or more", least=SHORTEST)
        raise invalid(said, field="passphrase")


def _told(plan: Plan) -> dict[str, object]:
    return {
        "at": plan.at,
        "keep": plan.keep,
        "copyTo": None if plan.copy_to is None else str(plan.copy_to),
        "encrypted": plan.passphrase is not None,
    }
