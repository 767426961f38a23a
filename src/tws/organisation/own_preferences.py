"""What users choose for themselves: preferences of the Caller, and the language of the pages."""

from dataclasses import replace
from typing import Any, Final

from tws.errors import missing
from tws.organisation import words
from tws.organisation.actor import Actor, UserId
from tws.organisation.kinds import PREFERENCES, USER
from tws.organisation.model import Preferences, User
from tws.organisation.parameters.catalogue import caller
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.part import Part
from tws.organisation.permission import forbidden_by, own_row
from tws.organisation.preferences.checking import checked
from tws.organisation.preferences.choices import beginning
from tws.organisation.users import CULTURES
from tws.records.changing import create, present, refuse_other_version, write
from tws.storage import new_id

NEEDED: Final = {
    "hot_keys": caller.AUTHORIZE_HOT_KEYS,
    "selected_by_key": caller.AUTHORIZE_HOT_KEYS_EXE,
    "emails": caller.AUTHORIZED_EMAIL_NOTIFICATION,
    "selected_keys": caller.AUTHORIZE_HOT_KEYS_EXE,
}
"By choice, the parameter that has to allow it."


class OwnPreferences(Part):
    def own_preferences(self, actor: Actor) -> Preferences:
        """Of the user who asks; version 0 while nothing was chosen."""
        return self._registry.preferences_of(self._asking(actor).id) or self._none(actor)

    async def choose_preferences(self, actor: Actor, version: int, **given: Any) -> Preferences:
        """What is not `given` stays; the names are those of `Choices`. NotAllowed for what a
        parameter forbids."""
        user = self._asking(actor)
        for name in NEEDED.keys() & given.keys():
            self._refuse_forbidden(user.id, NEEDED[name])
        async with self._transaction() as tx:
            known = self._registry.preferences_of(user.id)
            if known is None:
                refuse_other_version(0, version)
                new = self._none(actor)
                new = replace(new, version=1, chosen=checked(replace(new.chosen, **given)))
                await create(tx, actor, PREFERENCES, new)
                return new
            before = await present(tx, PREFERENCES, known.id, version)
            after = replace(before, chosen=checked(replace(before.chosen, **given)))
            return await write(tx, actor, PREFERENCES, before, after)

    async def choose_language(self, actor: Actor, culture: str) -> User:
        """Of the pages and of mails: fr, en, or Auto for the browser's."""
        user = self._asking(actor)
        words.one_of(culture, "culture", CULTURES)
        async with self._transaction() as tx:
            before = await USER.rows.find(tx, user.id)
            if before is None:
                raise missing("user")
            return await write(tx, actor, USER, before, replace(before, culture=culture))

    def _asking(self, actor: Actor) -> User:
        return own_row(actor, self._registry.users, "Preferences are a user's own.")

    def _none(self, actor: Actor) -> Preferences:
        user = self._asking(actor)
        chosen = beginning(self._registry.applications(user.id))
        return Preferences(
            id=new_id(), version=0, company=user.company, user=user.id, chosen=chosen
        )

    def _refuse_forbidden(self, user: UserId, parameter: str) -> None:
        if not Parameters(self._registry).effective(user, parameter):
            raise forbidden_by(parameter)
