"""Actors made of sessions and keys: what they may do is looked up each time, never remembered."""

from dataclasses import replace

from tws.access.errors import LoginRefused
from tws.access.model import ApiKey, Session
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.organisation.applications import Application
from tws.organisation.registry import Registry

OF_PEOPLE = frozenset({Application.CALLER})
"One of these is needed to sign in."
OF_PROGRAMS = frozenset({Application.CALLER, Application.TOOLKIT})
"One of these is needed to use an API key."


class Actors:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def actor(self, shown: Session | ApiKey) -> Actor | None:
        """None when whoever it belongs to is gone, disabled, or no longer authorised."""
        if isinstance(shown, ApiKey):
            actor = self.of_user(shown.user, OF_PROGRAMS, shown.id)
            return replace(actor, helper=True) if actor is not None and shown.helper else actor
        if shown.user is not None:
            return self.of_user(shown.user, OF_PEOPLE, shown.id)
        return self.of_administrator(shown.administrator, shown.id)

    def of_user(
        self, id: UserId, needed: frozenset[Application], session: str | None
    ) -> Actor | None:
        user = self._registry.users.get(id)
        if user is None or not user.enabled:
            return None
        applications = self._registry.applications(id)
        if not applications & needed:
            return None
        return Actor(
            label=user.username,
            company=user.company,
            domain=user.domain,
            user=user.id,
            applications=applications,
            session=session,
        )

    def of_administrator(self, id: AdministratorId | None, session: str | None) -> Actor | None:
        administrator = None if id is None else self._registry.administrators.get(id)
        if administrator is None:
            return None
        return Actor(
            label=f"administrator {administrator.username}",
            administrator=administrator.id,
            companies=None if administrator.super_user else administrator.companies,
            session=session,
        )

    def refusal(self, id: UserId) -> LoginRefused | None:
        """Why a user who has shown who he is may not sign in."""
        user = self._registry.users.get(id)
        if user is None or not user.enabled:
            return LoginRefused("This account is disabled.", why="accountDisabled")
        if not self._registry.applications(id) & OF_PEOPLE:
            return LoginRefused(
                f"This account is not authorised to use {Application.CALLER}.",
                why="applicationNotGranted",
                parameters={"application": Application.CALLER},
            )
        return None
