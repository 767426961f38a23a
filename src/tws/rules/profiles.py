"""A user's own profiles: made, changed, deleted, and chosen (9.1).

Whoever chooses a profile calls from its current device, and has the forwarding rules that go with
it, and no others. A current device elsewhere is a number: every call is forwarded there.
"""

from dataclasses import replace
from typing import NamedTuple, Unpack

from tws.errors import Conflict, Invalid, missing
from tws.organisation.actor import Actor, DeviceRowId, UserId
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZED_CREATE_PROFIL,
    AUTHORIZED_CURRENT_DEVICE,
)
from tws.organisation.permission import caller_user
from tws.organisation.registry import Registry
from tws.records import changing
from tws.records.changing import ChangingRows
from tws.rules.book import PROFILE, ProfileBook
from tws.rules.profile import Profile, ProfileId
from tws.rules.profile_fields import ProfileFields, ProfileRights, changed
from tws.rules.service import RuleService, leads
from tws.storage import Storage, Transaction, new_id
from tws.telephony.errors import Refused

MOST = 20
"Profiles of one user."
OUTSIDE = "currentDeviceOutside"
"Refusal of ours: no PBX of TWS calls for a telephone that is not its own."
PARAMETERS = frozenset({AUTHORIZED_CREATE_PROFIL, AUTHORIZED_CURRENT_DEVICE})
"Those that are read here."


class ProfileChoices(NamedTuple):
    create: bool
    "May make a profile."
    new_device: bool
    "May make a number the current device."


class ProfileService(ChangingRows):
    def __init__(
        self, storage: Storage, registry: Registry, rules: RuleService, book: ProfileBook
    ) -> None:
        super().__init__(storage)
        self._registry, self._rules, self.book = registry, rules, book
        self._rights = ProfileRights(registry)

    # ------------------------------------------------------------ reading

    def own(self, actor: Actor) -> list[Profile]:
        return self.book.of(_user(actor))

    def choices(self, user: UserId) -> ProfileChoices:
        return ProfileChoices(
            self._rights.has(user, AUTHORIZED_CREATE_PROFIL),
            self._rights.has(user, AUTHORIZED_CURRENT_DEVICE),
        )

    def chosen_device(self, actor: Actor) -> DeviceRowId | None:
        """That of the chosen profile; None where there is none. Refused where it is a number."""
        user = _user(actor)
        chosen = self.book.chosen(user)
        if chosen is None:
            return None
        if chosen.number:
            raise Refused(
                "Your current device is no telephone of the PBX: it cannot call for you.",
                cause=OUTSIDE,
            )
        return chosen.device if self._rights.owns(user, chosen.device) else None

    def current_device(self, actor: Actor) -> DeviceRowId:
        """From which calls are made: that of the chosen profile, else the only one there is.
        Refused where it is a number; Invalid where there is none, or nobody says which."""
        chosen = self.chosen_device(actor)
        if chosen is not None:
            return chosen
        devices = [row.id for row in self._registry.devices_of(_user(actor))]
        if len(devices) != 1:
            raise Invalid("Say which telephone is to call.", field="device", why="needed")
        return devices[0]

    # ------------------------------------------------------------ changing

    async def create(self, actor: Actor, **fields: Unpack[ProfileFields]) -> Profile:
        """NotAllowed, Invalid, Conflict."""
        user = self._registry.users[_user(actor)]
        self._rights.refuse_without(user.id, AUTHORIZED_CREATE_PROFIL)
        blank = Profile(
            id=ProfileId(new_id()),
            version=1,
            company=user.company,
            user=user.id,
            name="",
            device=None,
            number="",
            rules=(),
            chosen=False,
        )
        async with self._rules.turn() as tx:
            made = self._checked(blank, changed(blank, fields))
            if len(self.book.of(user.id)) >= MOST:
                raise Conflict(
                    f"You have {MOST} profiles, which is the most.",
                    why="tooManyProfiles",
                    parameters={"most": MOST},
                )
            await changing.create(tx, actor, PROFILE, made)
        return made

    async def update(
        self, actor: Actor, id: ProfileId, version: int, **fields: Unpack[ProfileFields]
    ) -> Profile:
        """What is left out stays. Of the chosen one it is in force at once."""
        self._own(actor, id)
        async with self._rules.turn() as tx:
            before = await changing.present(tx, PROFILE, id, version)
            after = self._checked(before, changed(before, fields))
            if before.chosen and (before.number, before.rules) != (after.number, after.rules):
                await self._rules.put_in_force(tx, actor, after.rules, after.number)
            return await changing.write(tx, actor, PROFILE, before, after)

    async def delete(self, actor: Actor, id: ProfileId, version: int) -> None:
        """Calls go no more to the number that was its current device."""
        self._own(actor, id)
        async with self._rules.turn() as tx:
            before = await changing.present(tx, PROFILE, id, version)
            if before.chosen:
                await self._leave(tx, actor, before)
            await changing.remove(tx, actor, PROFILE, before)

    async def choose(self, actor: Actor, id: ProfileId | None) -> list[Profile]:
        """None: no profile any more; the rules stay, but for that to its number."""
        user = _user(actor)
        wanted = None if id is None else self._own(actor, id)
        if wanted is not None and not wanted.number and not self._rights.owns(user, wanted.device):
            raise Invalid(
                "The telephone of this profile is not yours any more.",
                field="profile",
                why="profileTelephoneGone",
            )
        async with self._rules.turn() as tx:
            pairs = [
                (row, replace(row, chosen=row.id == id))
                for row in self.book.of(user)
                if row.chosen != (row.id == id)
            ]
            if wanted is not None:
                await self._rules.put_in_force(tx, actor, wanted.rules, wanted.number)
            else:
                for row, _ in pairs:
                    await self._leave(tx, actor, row)
            if pairs:
                await changing.present_many(tx, PROFILE, [before for before, _ in pairs])
                await changing.write_many(tx, actor, PROFILE, pairs)
        return self.book.of(user)

    # ------------------------------------------------------------ inside

    async def _leave(self, tx: Transaction, actor: Actor, row: Profile) -> None:
        if row.number:
            rules = (rule for rule in self._rules.book.of(row.user) if rule.active)
            stay = [rule.id for rule in rules if not leads(rule, row.number)]
            await self._rules.put_in_force(tx, actor, stay, "")

    def _checked(self, before: Profile, row: Profile) -> Profile:
        others = [one for one in self.book.of(row.user) if one.id != row.id]
        rules = {rule.id for rule in self._rules.book.of(row.user)}
        return self._rights.checked(before, row, others, rules)

    def _own(self, actor: Actor, id: ProfileId) -> Profile:
        found = self.book.profile(_user(actor), id)
        if found is None:
            raise missing("profile")
        return found


def _user(actor: Actor) -> UserId:
    return caller_user(actor, "Only a user has profiles.")
