"""Numbers: what people type, what PBXs send, whether two are the same, how they are read (pure).

Specification chapter 5. `plan_of(domain)` is the dial plan; the rest takes it, or a domain.
"""

from tws.numbering.display import display, display_kept, display_written, shown
from tws.numbering.outgoing import Outgoing, dialable, outgoing, sent
from tws.numbering.plan import DialPlan, plan_of
from tws.numbering.reading import Reading, heard, incoming, same, same_number, written
from tws.numbering.rules import RuleSet, Tried, Verdict, default_rules
from tws.numbering.trial import Trial, trial
from tws.numbering.typed import LONGEST, Typed, clean, read_typed, split_numbers

__all__ = [
    "LONGEST",
    "DialPlan",
    "Outgoing",
    "Reading",
    "RuleSet",
    "Trial",
    "Tried",
    "Typed",
    "Verdict",
    "clean",
    "default_rules",
    "dialable",
    "display",
    "display_kept",
    "display_written",
    "heard",
    "incoming",
    "outgoing",
    "plan_of",
    "read_typed",
    "same",
    "same_number",
    "sent",
    "shown",
    "split_numbers",
    "trial",
    "written",
]
