"""What a database said, as an administrator may read it."""

import re

from tws.connectors.processes.child import Request
from tws.sentences import Sentence, sentence

LONGEST = 300
"Characters of what a server said."
_SHORT = 4
"Characters of a secret that may also be a part of a word by chance."


def said(server: str | Sentence, words: object, secret: str = "") -> Sentence:
    """Without the secret. The words are the server's own."""
    text = " ".join(str(words).split())
    if secret:
        text = re.sub(_whole(secret), "***", text)
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip() + "…"
    return sentence("{server}: {said}.", server=server, said=text.rstrip(". "))


def on(product: str, request: Request) -> Sentence:
    return sentence("{product} on {host}", product=product, host=request.host)


def _whole(secret: str) -> str:
    plain = re.escape(secret)
    return plain if len(secret) >= _SHORT else rf"(?<!\w){plain}(?!\w)"
