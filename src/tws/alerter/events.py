"""What the Alerter publishes."""

from dataclasses import dataclass

from tws.organisation.actor import CompanyId


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """A template is new, other or gone: pops that are drawn by it change."""

    company: CompanyId
    name: str
