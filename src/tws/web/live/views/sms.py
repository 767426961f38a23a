"""Text messages: that a user may send them, and how far they and their providers are."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.messaging.sms.events import SmsChanged, SmsProviderStateChanged
from tws.organisation.actor import Actor, CompanyId, SmsProviderId, UserId
from tws.organisation.events import (
    GroupChanged,
    ParameterValueChanged,
    SmsProviderChanged,
    UserChanged,
)
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_SMS
from tws.organisation.permission import IN_CALLER, uses
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.known import Known
from tws.web.shown.sms import my_sms, provider_state


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.SMS, id)] if uses(actor, *IN_CALLER) else []


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    rows = known.registry.sms_providers.values()
    return [Scope(Kind.SMS_PROVIDER, x.id) for x in rows if actor.manages(x.company)]


def _sms(known: Known, id: str) -> Values:
    user = UserId(id)
    return {"sms": my_sms(known, user)} if known.sms.may_send(user) else {}


def _provider(known: Known, id: str) -> Values:
    row = known.registry.sms_providers.get(SmsProviderId(id))
    return {} if row is None else {f"sms-provider/{id}": provider_state(known, row)}


CONTENT: Mapping[Kind, Content] = {Kind.SMS: _sms, Kind.SMS_PROVIDER: _provider}


def follow(marks: Marks, bus: Bus) -> None:
    def everybody(company: CompanyId) -> None:
        marks.mark_company(Kind.SMS, company)

    def provider_row(event: SmsProviderChanged) -> None:
        if (row := event.after or event.before) is None:
            return
        everybody(row.company)
        for one in marks.known.registry.sms_providers_in(row.domain):
            marks.mark(Kind.SMS_PROVIDER, one.id)  # which is the first may be other now
        marks.mark(Kind.SMS_PROVIDER, row.id)
        marks.doubt_administrators()

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter == AUTHORIZE_SMS:
            everybody(row.company)

    def group(event: GroupChanged) -> None:
        for user in event.concerned:
            marks.mark(Kind.SMS, user)

    def user(event: UserChanged) -> None:
        if event.after is not None:
            marks.mark(Kind.SMS, event.after.id)

    bus.follow(SmsChanged, lambda event: marks.mark(Kind.SMS, event.user))
    bus.follow(
        SmsProviderStateChanged, lambda event: marks.mark(Kind.SMS_PROVIDER, event.provider)
    )
    bus.follow(SmsProviderChanged, provider_row)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(GroupChanged, group)
    bus.follow(UserChanged, user)
