"""The rooms of calls, and what works for them."""

from functools import partial

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.config import Settings
from tws.errors import Invalid
from tws.journal.service import JournalService
from tws.organisation.model import Link
from tws.organisation.service import OrganisationService
from tws.presence.service import PresenceService
from tws.queues.abandoned import AbandonedCalls
from tws.queues.service import QueueService
from tws.rules.presences import Presences
from tws.rules.service import RuleService
from tws.rules.watching import Forwarder
from tws.storage import new_id
from tws.telephony.link import LinkDriver, RemembersWithheld
from tws.telephony.link_trials import LinkTrials
from tws.telephony.model import LinkId
from tws.telephony.network import Network
from tws.telephony.service import TelephonyService
from tws.telephony.withheld import Withheld


def network_of(
    settings: Settings, office: Office, outside: Outside, journal: JournalService
) -> Network:
    withheld = Withheld(settings.state_dir / "withheld.json")
    return Network(
        office.registry,
        office.bus,
        office.schedule,
        driver=partial(_driver, office.organisation, outside, withheld),
        carrier=outside.carrier,
        own_link=office.organisation.links.own_link,
        load_open=journal.load_open,
        told_before=journal.told_before,
        clock=utc_now,
        new_id=new_id,
    )


def _driver(
    organisation: OrganisationService, outside: Outside, withheld: Withheld, link: Link
) -> LinkDriver:
    """ValueError with words where its settings cannot work."""
    try:
        opened = organisation.links.opened_link(link)
    except Invalid as error:
        raise ValueError(error.message) from error
    driver, id = outside.driver(opened), LinkId(link.id)
    if isinstance(driver, RemembersWithheld):
        driver.remembers_withheld(withheld.of(id), partial(withheld.keep, id))
    return driver


def link_trials_of(outside: Outside, network: Network) -> LinkTrials:
    return LinkTrials(
        network,
        driver=outside.driver,
        carrier=outside.carrier,
        clock=utc_now,
        new_id=new_id,
        patience=outside.link_patience,
    )


def abandoned_of(
    office: Office, queues: QueueService, telephony: TelephonyService
) -> AbandonedCalls:
    abandoned = AbandonedCalls(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        queues,
        telephony,
    )
    abandoned.start()
    return abandoned


def forwarder_of(
    office: Office, network: Network, rules: RuleService, presence: PresenceService
) -> Forwarder:
    return Forwarder(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        network,
        rules,
        Presences(presence, office.bus),
        new_id,
    )
