"""What a user has by all that is granted, and why he sees something, or does not (7.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tws.errors import missing
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind, ObjectKind
from tws.organisation.grantable import GRANTABLE
from tws.organisation.granted import Reason
from tws.organisation.grants import rows
from tws.organisation.model import DirectoryKind, User
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.part import Part, of_place
from tws.organisation.registry import Registry
from tws.storage import Storage


@dataclass(frozen=True, slots=True)
class Right:
    """Something that is granted to somebody, by one grant or by several."""

    kind: GrantKind
    object_kind: ObjectKind
    object: str
    "Id of a row (of a group: everybody in it), or the name of an application."
    reasons: tuple[Reason, ...]
    "Those in person first."


@dataclass(frozen=True, slots=True)
class Denial:
    """Why somebody does not see something; `why` is stable and for programs."""

    why: str
    message: str
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody sees something: he does where nothing denies it."""

    object_kind: ObjectKind
    own: bool
    "It is his own."
    reasons: tuple[Reason, ...]
    denials: tuple[Denial, ...]


class Rights(Part):
    def __init__(self, storage: Storage, registry: Registry) -> None:
        super().__init__(storage, registry)
        self._parameters = Parameters(registry)

    def effective_rights(self, actor: Actor, user: UserId) -> tuple[Right, ...]:
        """All that is granted to the user, in the order of the types."""
        self._managed(actor, self._registry.users, user, "user")
        found: dict[tuple[GrantKind, ObjectKind, str], list[Reason]] = {}
        for reason in self._registry.granted.all_reasons(user):
            grant = reason.grant
            about = (grant.kind, grant.object_kind, grant.object)
            found.setdefault(about, []).append(reason)
        return tuple(Right(*about, tuple(reasons)) for about, reasons in found.items())

    def authorised(
        self,
        actor: Actor,
        application: Application,
        company: CompanyId | None = None,
        *,
        domain: DomainId | None = None,
    ) -> tuple[int, int]:
        """How many of the enabled users may use an application, and how many there are."""
        everybody = self._registry.users.values()
        users = [
            user for user in of_place(everybody, actor.manages, company, domain) if user.enabled
        ]
        may = sum(application in self._registry.applications(user.id) for user in users)
        return may, len(users)

    def explain_right(self, actor: Actor, user: UserId, kind: GrantKind, object: str) -> Verdict:
        """Whether the user sees an object, and why: every reason, and everything that denies
        it."""
        row = self._managed(actor, self._registry.users, user, "user")
        object_kind = self._object_kind(actor, row, kind, object)
        own = GRANTABLE[kind].own and object == user
        reasons = self._registry.granted.why(user, kind, object)
        denials = [*self._common_denials(row, kind)]
        if not own and not reasons:
            words = "Nothing gives this to the user, a group of his or his domain."
            denials.insert(0, Denial("noGrant", words))
        if not own:
            denials += self._denials(row, kind, object)
        return Verdict(object_kind, own, reasons, tuple(denials))

    def _object_kind(self, actor: Actor, user: User, kind: GrantKind, object: str) -> ObjectKind:
        """NotFound where nothing of the user's company has that id."""
        for each in GRANTABLE[kind].objects:
            if each is ObjectKind.APPLICATION:
                if object in tuple(Application):
                    return each
                continue
            row = rows(self._registry, each).get(object)
            if row is not None and row.company == user.company:
                return each
        raise missing("object", "object")

    def _common_denials(self, user: User, kind: GrantKind) -> Iterator[Denial]:
        """Of all that is of one type."""
        needs = GRANTABLE[kind].needs
        if not user.enabled:
            yield Denial("accountDisabled", "This account is disabled.")
        if needs and self._registry.applications(user.id).isdisjoint(needs):
            yield Denial(
                "applicationNotGranted",
                f"The user is not authorised to use {needs[0]}.",
                {"application": needs[0]},
            )

    def _denials(self, user: User, kind: GrantKind, object: str) -> Iterator[Denial]:
        """Of what is not one's own."""
        parameter = GRANTABLE[kind].parameter
        if parameter is not None and not self._parameters.effective(user.id, parameter):
            yield Denial(
                "parameterForbids",
                f"The parameter {parameter} does not allow it.",
                {"parameter": parameter},
            )
        if kind is GrantKind.DIRECTORY:
            yield from self._directory_denials(DirectoryId(object))

    def _directory_denials(self, id: DirectoryId) -> Iterator[Denial]:
        directory = self._registry.directories[id]
        if directory.kind is DirectoryKind.DISABLED:
            yield Denial("directoryDisabled", "This directory is disabled.")
        elif directory.built_in is None and directory.synchronised is None:
            yield Denial("notSynchronised", "This directory was never synchronised to its end.")
