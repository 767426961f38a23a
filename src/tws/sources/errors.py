"""Why a source cannot be read, whatever it is read for: contacts, calendars, users."""

from tws.sentences import Parameter, Sentence


class ConnectorError(Exception):
    """Why a source cannot be read, in words for an administrator. Never holds a secret."""

    def __init__(self, template: str | Sentence, /, **parameters: Parameter) -> None:
        """`template` may be a whole sentence that was said elsewhere."""
        self.said = template if isinstance(template, Sentence) else Sentence(template, parameters)
        super().__init__(str(self.said))


class Unreachable(ConnectorError):
    """It does not answer, or not to the end: trying again may help."""

    def __init__(
        self,
        template: str | Sentence,
        /,
        *,
        retry_after: float | None = None,
        **parameters: Parameter,
    ) -> None:
        """`retry_after`: seconds for which it asks to be left alone."""
        super().__init__(template, **parameters)
        self.retry_after = retry_after


class Refused(ConnectorError):
    """It answers, and says no: its administrator must allow it."""


class SignInRefused(Refused):
    """It does not take who we are, whatever is asked: asking on may lock the account."""


class Misconfigured(ConnectorError):
    """The form must be mended, or something installed."""
