"""To which numbers text messages go: whole ones, in E.164, as a domain writes them."""

from tws.errors import Invalid
from tws.numbering import plan_of
from tws.numbering import written as number_written
from tws.organisation.model import Domain


def e164(number: str, domain: Domain) -> str | None:
    """With its `+`; None of what is no whole number there."""
    reading = number_written(number, plan_of(domain))
    return None if reading is None else reading.e164


def recipient(number: str, domain: Domain) -> str:
    """The number in E.164; Invalid."""
    whole = e164(number, domain)
    if whole is None:
        raise Invalid(
            "Text messages go to a whole number, such as +33 6 12 34 56 78.",
            field="number",
            why="smsNumber",
        )
    return whole
