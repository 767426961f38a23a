"""Why a source cannot be read, whatever it is read for: contacts, calendars, users."""


class ConnectorError(Exception):
    """Why a source cannot be read, in words for an administrator. Never holds a secret."""


class Unreachable(ConnectorError):
    """It does not answer, or not to the end: trying again may help."""

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        """`retry_after`: seconds for which it asks to be left alone."""
        super().__init__(words)
        self.retry_after = retry_after


class Refused(ConnectorError):
    """It answers, and says no: its administrator must allow it."""


class SignInRefused(Refused):
    """It does not take who we are, whatever is asked: asking on may lock the account."""


class Misconfigured(ConnectorError):
    """The form must be mended, or something installed."""
