"""Why a text cannot stand in a user, in sentences that pages say in their language. Pure."""

from tws.errors import Invalid
from tws.sentences import Sentence, said, sentence


def what_is_wrong(error: Invalid) -> Sentence:
    """With the name of the field."""
    field = str(error.details.get("field", ""))
    return sentence("{field}: {what}", field=called(field), what=_what(error))


def number_is_wrong(number: str, error: Invalid) -> Sentence:
    return sentence("{field}: {what}", field=number, what=_what(error))


def _what(error: Invalid) -> Sentence:
    parameters = error.parameters if isinstance(error.parameters, dict) else {}
    match error.why:
        case "longerThan":
            return sentence("longer than {most} characters", most=parameters.get("most", 0))
        case "tooLong":
            return sentence("too long")
        case "noBlanks":
            return sentence("a user name has no blanks")
        case "controlCharacters":
            return sentence("line breaks and control characters cannot be part of it")
        case "email":
            return sentence("an e-mail address looks like name@company.example")
        case "deviceNumber":
            return sentence("an extension is 1 to 32 of the digits 0-9 * # A-D +")
        case _:
            return error.said


def called(name: str) -> Sentence:
    """What people call that member of a user."""
    match name:
        case "username":
            return sentence("user name")
        case "first_name":
            return sentence("first name")
        case "last_name":
            return sentence("last name")
        case "mobile":
            return sentence("mobile")
        case "email":
            return sentence("e-mail")
        case "custom0" | "custom1":
            return sentence("private field {n}", n=name[-1])
        case _:
            return said(name)
