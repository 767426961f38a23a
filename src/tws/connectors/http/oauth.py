"""Access tokens of an application's own (RFC 6749): one POST, one token."""

from collections.abc import Collection, Mapping

from tws.connectors.http.client import Answer, Http, Wait
from tws.connectors.http.errors import without, words_of
from tws.sources.errors import Misconfigured, SignInRefused

REFUSALS = (400, 401, 403)


def token(
    url: str,
    form: Mapping[str, str],
    *,
    secrets: Collection[str] = (),
    wait: Wait | None = None,
) -> str:
    """The access token; SignInRefused with the words of the service where it gives none."""
    with Http(url, secrets=secrets, wait=wait) as http:
        answer = http.request("POST", data=dict(form), expected=REFUSALS)
    if answer.status in REFUSALS:
        said = without(words_of(answer.content), secrets)
        raise SignInRefused(
            "{host} gives no access: {said}.", host=answer.host, said=said or str(answer.status)
        )
    return access_token(answer)


def access_token(answer: Answer) -> str:
    given = answer.json()
    found = given.get("access_token") if isinstance(given, dict) else None
    if not isinstance(found, str) or not found:
        raise Misconfigured("{host} answers without an access token.", host=answer.host)
    return found
