"""From the number of an entry to an extension of the PBX. Pure."""

from collections.abc import Sequence

from tws.errors import Invalid
from tws.imports.model import Reason
from tws.imports.wrong import number_is_wrong
from tws.numbering import DialPlan, outgoing
from tws.numbering.rules import EXTERNAL
from tws.organisation import words
from tws.sentences import NOTHING, Sentence, sentence


class NoExtension(Exception):
    def __init__(self, why: Reason, said: Sentence = NOTHING) -> None:
        super().__init__(str(said))
        self.why, self.said = why, said


def extension(written: Sequence[str], plan: DialPlan | None) -> str:
    """Of several numbers the first that is one. `plan`: by which it is adapted, so that what is
    sent to the PBX is the extension; None: it is as it is written, less blanks. NoExtension says
    why the first one is none."""
    why = NoExtension(Reason.NO_NUMBER)
    for place, one in enumerate(written):
        try:
            return _extension(one, plan)
        except NoExtension as error:
            why = why if place else error
    raise why


def _extension(written: str, plan: DialPlan | None) -> str:
    try:
        number = "".join(written.split()) if plan is None else _adapted(written, plan)
        return words.device_number(number)
    except Invalid as error:
        said = number_is_wrong(written[:64], error)
        raise NoExtension(Reason.BAD_NUMBER, said) from error


def _adapted(written: str, plan: DialPlan) -> str:
    """Invalid; NoExtension for one that is dialled outside."""
    sent = outgoing(written, plan)
    if sent.extension:
        return sent.extension
    if sent.prefixed or (sent.rule is not None and EXTERNAL in sent.rule.value):
        raise NoExtension(Reason.OUTSIDE_NUMBER, sentence("{number}", number=written[:64]))
    return sent.number
