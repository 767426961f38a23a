"""Who is told what by e-mail, and where to: what he chose, while he may. Out of memory: true at
once after every change."""

from tws.messaging.emails.model import Wish
from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_EMAIL_NOTIFICATION
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER
from tws.organisation.preferences.choices import MissedCallMails
from tws.organisation.registry import Registry


class Wishes:
    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def of(self, id: UserId) -> Wish | None:
        """None = he is told nothing."""
        known = self._registry
        row, chosen = known.users.get(id), known.preferences_of(id)
        if row is None or chosen is None or not row.enabled:
            return None
        told = chosen.chosen.emails
        to = told.address or row.email
        nothing = told.missed_calls is MissedCallMails.NEVER and not told.voice_messages
        if nothing or not to or known.applications(id).isdisjoint(IN_CALLER):
            return None
        if not self._parameters.effective(id, AUTHORIZED_EMAIL_NOTIFICATION):
            return None
        return Wish(
            user=row,
            domain=known.domains[row.domain],
            to=to,
            culture=(told.culture or "en") if row.culture == "Auto" else row.culture,
            missed_calls=told.missed_calls,
            minutes=told.minutes,
            voice_messages=told.voice_messages,
        )
