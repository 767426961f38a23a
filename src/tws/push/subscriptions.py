"""Which browsers want to be told: each one's wish, kept with its session, and gone with it."""

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

import msgspec
import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from tws.access.events import SessionEnded
from tws.access.model import Session
from tws.access.sessions import Sessions
from tws.bus import Bus
from tws.errors import NotAllowed, Unavailable, invalid
from tws.node_memory import NodeMemory
from tws.organisation.actor import Actor, UserId
from tws.organisation.permission import IN_CALLER, may_use
from tws.organisation.registry import Registry
from tws.push import store
from tws.push.events import SubscriptionChanged
from tws.push.keys import CURVE, Keys, from_base64url
from tws.push.model import MOST_OF_A_USER, Subscription, Target
from tws.sentences import sentence
from tws.storage import Storage, Transaction, new_id
from tws.storage.replica import Index, Replica
from tws.storage.secrets import SecretLost, Secrets

FIELD = "target"
"As which a subscription is sealed."
POINT_BYTES, AUTH_BYTES = 65, 16
"RFC 8291, 3.1 and 3.2: uncompressed."
log = structlog.get_logger(__name__)


class Subscriptions:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        secrets: Secrets,
        bus: Bus,
        keys: Keys,
        clock: Callable[[], datetime],
        *,
        offered: bool,
    ) -> None:
        """`offered`: there is a postman."""
        self._storage, self._registry, self._sessions = storage, registry, sessions
        self._secrets, self._bus, self._keys, self._clock = secrets, bus, keys, clock
        self._offered = offered
        self._of_user = Index[UserId, Subscription](lambda one: (one.user,))
        self._of_session = Index[str, Subscription](lambda one: (one.session,))
        self._of_place = Index[str, Subscription](lambda one: (one.place,))
        self.replica = Replica(
            store.subscriptions,
            SubscriptionChanged,
            self._of_user,
            self._of_session,
            self._of_place,
        )
        self._looking: Counter[str] = Counter()
        "By session, how many pages of that browser are looked at at this node."
        self._looked_at = NodeMemory[bool](bus, "pages looked at", bool, self._look_changed)
        "Sessions of which one is, at each node."
        self.hidden: list[Callable[[UserId], None]] = []
        "Told whose browser shows no page any more that is looked at, at whichever node."
        bus.follow(SubscriptionChanged, lambda event: self.replica.hear(event.before, event.after))
        bus.follow(SessionEnded, self._session_ended)

    # ------------------------------------------------------------ asked by pages

    def public_key(self) -> str | None:
        """What a browser subscribes to; None where nobody can be told."""
        return self._keys.public if self._offered else None

    def is_subscribed(self, actor: Actor) -> bool:
        """Whether the browser of this session is; a program is none."""
        may_use(actor, *IN_CALLER)
        return self._of_session.first(actor.session or "") is not None

    async def subscribe(self, actor: Actor, target: Target) -> None:
        """From now on this browser is told. It was somebody else's before, or was told elsewhere:
        that ends. Invalid for what is no subscription."""
        session = self._session(actor)
        user = self._registry.users.get(session.user) if session.user is not None else None
        if user is None or self.public_key() is None:
            raise Unavailable(
                "This server cannot push messages: its administrator finds out why in its log.",
                why="pushNotOffered",
            )
        check(target)
        id, place = new_id(), hashlib.sha256(target.endpoint.encode()).hexdigest()
        if self._stands(session.id, place, target):
            return
        try:
            sealed = self._secrets.seal(msgspec.to_builtins(target), id, FIELD)
        except SecretLost as lost:
            raise invalid(lost.said) from lost
        new = Subscription(
            id=id,
            company=user.company,
            user=user.id,
            session=session.id,
            place=place,
            sealed=sealed,
            created=self._clock(),
        )
        async with self._storage.transaction() as tx:
            before = [*self._of_session[session.id], *self._of_place[place]]
            others = [each for each in self._of_user[user.id] if each not in before]
            before += others[: max(0, len(others) + 1 - MOST_OF_A_USER)]
            gone = {each.id: each for each in before}
            await store.delete_subscriptions(tx, tuple(gone))
            await store.insert_subscription(tx, new)
            for each in gone.values():
                tx.publish(SubscriptionChanged(each, None))
            tx.publish(SubscriptionChanged(None, new))

    def _stands(self, session: str, place: str, target: Target) -> bool:
        """Asked for once more: the row stays, and with it what was told of calls that ring yet."""
        of_session, of_place = self._of_session[session], self._of_place[place]
        same = len(of_session) == 1 and of_session == of_place
        return same and self.opened(of_session[0]) == target

    async def unsubscribe(self, actor: Actor) -> None:
        """This browser is told of nothing any more."""
        for each in self._of_session[self._session(actor).id]:
            await self.forget(each)

    async def forget(self, subscription: Subscription) -> None:
        async with self._storage.transaction() as tx:
            await store.delete_subscriptions(tx, (subscription.id,))
            tx.publish(SubscriptionChanged(subscription, None))

    async def forget_all(self, tx: Transaction) -> None:
        """They belong to a key that is no more."""
        known = list(self.replica.rows.values())
        await store.delete_all(tx)
        for each in known:
            tx.publish(SubscriptionChanged(each, None))

    def _session(self, actor: Actor) -> Session:
        """NotAllowed to programs, and to who has no telephone."""
        may_use(actor, *IN_CALLER)
        session = self._sessions.memory.session(actor.session)
        if session is None or session.user is None:
            raise NotAllowed("Only a browser is told: sign in with one.", why="sessionsOnly")
        return session

    # ------------------------------------------------------------ asked by who tells

    def any_of(self, user: UserId) -> bool:
        return self._of_user.first(user) is not None

    def to_tell(self, user: UserId) -> list[Subscription]:
        """The browsers of a user that show no page which is looked at: such a page tells it."""
        return [
            each
            for each in self._of_user[user]
            if not self._looked_at.first(each.session) and self.is_alive(each)
        ]

    def is_alive(self, subscription: Subscription) -> bool:
        """It is there still, and its session; one that ended may stand in the database yet."""
        known = self.replica.rows.get(subscription.id) is not None
        return known and self._sessions.memory.session(subscription.session) is not None

    def opened(self, subscription: Subscription) -> Target | None:
        """None where its seal cannot be opened."""
        with suppress(SecretLost, msgspec.ValidationError):
            found = self._secrets.open(subscription.sealed, subscription.id, FIELD)
            return msgspec.convert(found, Target)
        log.error("a push subscription cannot be opened", subscription=subscription.id)
        return None

    # ------------------------------------------------------------ told by pages

    def page_looked_at(self, session: str) -> None:
        self._looking[session] += 1
        self._looked_at.put(session, True)

    def page_hidden(self, session: str) -> None:
        self._looking[session] -= 1
        if self._looking[session] <= 0:
            del self._looking[session]
            self._looked_at.put(session, None)

    def _look_changed(self, session: str) -> None:
        found = self._sessions.memory.session(session)
        if found is not None and found.user is not None and not self._looked_at.first(session):
            for each in self.hidden:
                each(found.user)

    def _session_ended(self, event: SessionEnded) -> None:
        """The row goes with its session's; whoever is signed out is told nothing from now on."""
        for each in self._of_session[event.session]:
            self.replica.hear(each, None)


def check(target: Target) -> None:
    """Invalid, in words. Where the address leads is looked at when it is written to."""
    try:
        parts = urlsplit(target.endpoint)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    # Browsers write what is not ASCII as RFC 3986 has it; `urlsplit` swallows line ends.
    written = all("!" <= sign <= "~" for sign in target.endpoint)
    if (
        not written
        or parts.scheme != "https"
        or not parts.hostname
        or parts.username is not None
        or port == 0
    ):
        raise invalid(sentence("This is no https address of a push service."), field="endpoint")
    try:
        point = from_base64url(target.p256dh)
        if len(point) != POINT_BYTES:  # compressed it is a point, too, which nothing is sealed for
            raise ValueError(f"a point of {len(point)} bytes")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise invalid(sentence("This is no key of a browser."), field="key") from error
    try:
        secret = from_base64url(target.auth)
    except ValueError:
        secret = b""
    if len(secret) != AUTH_BYTES:
        raise invalid(sentence("This is no secret of a browser."), field="auth")
