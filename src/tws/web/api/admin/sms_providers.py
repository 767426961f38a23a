"""By whom text messages are sent (Téléphonie / Fournisseur SMS), and how that goes.

Secret settings can be written and never read, as those of links. The state of each provider is on
the live stream too, as `sms-provider/<provider>`.
"""

from typing import Annotated, Any

import msgspec
from fastapi import Request, Response
from pydantic import Field

from tws.messaging.sms.provider import SmsProvider as Connector
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import SmsProvider
from tws.register import NotInstalled
from tws.sentences import NOTHING
from tws.sources.errors import ConnectorError
from tws.sources.failing import failed
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, InCompany, InDomain, OfDomain, listed
from tws.web.api.admin.rows import SmsProviderRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InKnown, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Lines, Name, Number, Version
from tws.web.shown.sentences import parts
from tws.web.shown.setting_values import SettingValue, form_of, told
from tws.web.shown.sms import SmsProviderStateValue, SmsTrialValue, provider_state
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])
Sender = Annotated[
    str,
    Field(
        max_length=20,
        description="From whom messages come: a number, or a name of 11 characters. Empty: the "
        "provider's own.",
        examples=["SSDEI"],
    ),
]
SETTINGS = Field(
    max_length=100,
    description="By name, as `describeSmsConnectors` tells them.",
    examples=[{"host": "smpp.company.example", "system_id": "company"}],
)


class SmsConnectorValue(Value, omit_defaults=True):
    """A kind of gateways of text messages."""

    name: str
    title: str
    fields: list[SettingValue]
    unavailable: Annotated[
        str | None, msgspec.Meta(description="Why it cannot be used, where it cannot.")
    ] = None
    missing_extra: Annotated[
        str, msgspec.Meta(description="Of the package `tws`: what to install to use it.")
    ] = ""


def row(rooms: Rooms, provider: SmsProvider) -> SmsProviderRow:
    """Without its secrets; without any settings when its connector is not installed."""
    connector = rooms.sms_connectors().get(provider.connector)
    settings, is_set = told(connector, provider.settings)
    return SmsProviderRow(
        id=provider.id,
        version=provider.version,
        company=provider.company,
        domain=provider.domain,
        name=provider.name,
        connector=provider.connector,
        sender=provider.sender,
        enabled=provider.enabled,
        settings=settings,
        is_set=is_set,
    )


@router.get(
    "/sms-connectors",
    operation_id="describeSmsConnectors",
    responses=listed(SmsConnectorValue),
)
async def describe_sms_connectors(rooms: InRooms, actor: Administrator) -> Response:
    """By what text messages can be sent, each with the form of its settings."""
    return answer([_connector(*each) for each in sorted(rooms.sms_connectors().items())])


def _connector(name: str, connector: type[Connector] | NotInstalled) -> SmsConnectorValue:
    if isinstance(connector, NotInstalled):
        return SmsConnectorValue(
            name=name,
            title=name,
            fields=[],
            unavailable=str(connector),
            missing_extra=connector.extra,
        )
    return SmsConnectorValue(name=name, title=connector.title, fields=form_of(connector.Settings))


class CreateSmsProviderBody(Body):
    domain: Id
    name: Name = Field(examples=["Ecosms"])
    connector: Name = Field(examples=["smpp"])
    sender: Sender = ""
    settings: dict[str, Any] = SETTINGS
    enabled: bool = True


class UpdateSmsProviderBody(Body):
    """What is left out stays; `settings` replaces all of them but the secrets it leaves out."""

    version: Version
    name: Name = Field(default_factory=str)
    connector: Name = Field(default_factory=str)
    sender: Sender = ""
    settings: dict[str, Any] = Field(default_factory=dict, max_length=100)
    enabled: bool = Field(default_factory=bool)


providers = RowsApi(router, "/sms-providers", "Sms Provider", SmsProviderRow, show=row)
providers.listing(
    lambda rooms: rooms.organisation.sms_providers.list_sms_providers,
    "Providers of text messages. Their state is told by `listSmsProviderStates`.",
    OfDomain,
)
providers.creation(
    lambda rooms: rooms.organisation.sms_providers.create_sms_provider,
    "A provider. Of several in a domain the first active one by name sends.",
    CreateSmsProviderBody,
)
providers.finding(lambda rooms: rooms.organisation.sms_providers.get_sms_provider, "One provider.")
providers.change(
    lambda rooms: rooms.organisation.sms_providers.update_sms_provider,
    "Change a provider; what waits is sent at once.",
    UpdateSmsProviderBody,
)
providers.deletion(
    lambda rooms: rooms.organisation.sms_providers.delete_sms_provider,
    "What was sent by it stays; what waits goes by another of the domain.",
)


@router.get(
    "/sms-provider-states",
    operation_id="listSmsProviderStates",
    responses=listed(SmsProviderStateValue),
)
async def list_sms_provider_states(
    rooms: InRooms,
    known: InKnown,
    actor: Administrator,
    company: InCompany = None,
    domain: InDomain = None,
) -> Response:
    """Providers as they stand: by which messages go, and what is wrong."""
    rows = rooms.organisation.sms_providers.list_sms_providers(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([provider_state(known, row) for row in rows])


class TrySmsProviderBody(Body):
    """A provider as a form has it."""

    domain: Id
    provider: Id | None = Field(
        None,
        description="The stored one that is changed. Its secrets stand for those left out, where "
        "the address is the stored one.",
    )
    connector: Name = Field(examples=["smpp"])
    sender: Sender = ""
    settings: dict[str, Any] = SETTINGS
    number: Annotated[Number, Field(description="To which a message is sent; empty: none is.")] = (
        ""
    )
    text: Lines = "TWS"


@router.post(
    "/sms-providers/try",
    operation_id="trySmsProvider",
    responses=answers(SmsTrialValue, *LOOKING, "badRequest", "notFound", "conflict", "invalid"),
)
async def try_sms_provider(
    request: Request, rooms: InRooms, actor: Administrator, body: TrySmsProviderBody
) -> Response:
    """See whether a gateway knows us, and send a message by it where a number is given; nothing
    is stored."""
    given = body.given("number", "text")
    draft = rooms.organisation.sms_providers.draft_sms_provider(actor, **given)
    trial = rooms.sms_trials.try_draft(actor, draft, number=body.number, text=body.text)
    try:
        tried = await while_awaited(request, trial)
    except ConnectorError as error:
        why = failed(error)
        return answer(
            SmsTrialValue(
                asked=True,
                number=None,
                problem=why.problem,
                words=str(why.said),
                **parts(why.said),
            )
        )
    return answer(
        SmsTrialValue(
            asked=tried.asked,
            number=tried.number or None,
            problem=None,
            words="",
            **parts(NOTHING),
        )
    )
