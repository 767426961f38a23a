"""Numbers as people of the domain's country read them: `01 55 17 18 89`, `+39 06 1234 5678`."""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat

from tws.numbering.home import home_grouped
from tws.numbering.plan import DialPlan, plan_of
from tws.numbering.reading import Reading, heard, kept, written
from tws.numbering.typed import read_typed
from tws.organisation.model import Domain


def display(number: str, domain: Domain) -> str:
    """A number that a PBX reports, grouped; a name or nothing comes back as it is."""
    plan = plan_of(domain)
    reading = heard(number, plan)
    return shown(reading, plan) if reading else number


def display_written(number: str, domain: Domain) -> tuple[str, str]:
    """A number that people wrote, grouped, and the words beside it in brackets; and its extension,
    which whoever calls has to dial: empty where there is none."""
    plan = plan_of(domain)
    reading = written(number, plan)
    if reading is None:
        return number, ""
    typed = read_typed(number)
    remark = f" ({typed.remark})" if typed.remark else ""
    return shown(reading, plan) + remark, typed.extension


def display_kept(number: str, domain: Domain) -> str:
    """A number as a log keeps it (`Reading.callable`): read as when the PBX reported it."""
    if not number.removeprefix("+").isdigit():
        return number
    plan = plan_of(domain)
    return shown(kept(number, plan), plan)


def shown(reading: Reading, plan: DialPlan) -> str:
    if reading.e164 is None:
        return reading.sign + reading.digits
    return _grouped(reading.e164, plan.country, plan.region)


@lru_cache(maxsize=20_000)
def _grouped(e164: str, country: str, region: str) -> str:
    home = e164.startswith(f"+{country}")
    if home and (grouped := home_grouped(e164, region)) is not None:
        return grouped
    style = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(phonenumbers.parse(e164), style))
