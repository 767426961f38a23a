"""Domains of several countries, as administrators would fill in the form."""

from dataclasses import replace

from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Domain

PARIS = Domain(
    id=DomainId("paris"),
    version=1,
    company=CompanyId("ssdei"),
    name="Paris",
    time_zone="Europe/Paris",
)
"The guide's example: 00 / 33 / 0, internal 4, inverse 9, Supprimer 0."
MILAN = replace(PARIS, name="Milan", country_prefix="39", national_prefix="", inverse_length=10)
MADRID = replace(PARIS, name="Madrid", country_prefix="34", national_prefix="")
BOSTON = replace(
    PARIS,
    name="Boston",
    country_prefix="1",
    national_prefix="1",
    international_prefix="011",
    external_prefix="9",
    incoming_remove="9",
    inverse_length=10,
)
BERLIN = replace(PARIS, name="Berlin", country_prefix="49")
COUNTRIES = (PARIS, MILAN, MADRID, BOSTON, BERLIN)
