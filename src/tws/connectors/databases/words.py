"""What a database said, as an administrator may read it."""

import re

LONGEST = 300
"Characters of what a server said."
_SHORT = 4
"Characters of a secret that may also be a part of a word by chance."


def said(server: str, words: object, secret: str = "") -> str:
    """One sentence, without the secret."""
    text = " ".join(str(words).split())
    if secret:
        text = re.sub(_whole(secret), "***", text)
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip() + "…"
    return f"{server}: {text.rstrip('. ')}."


def _whole(secret: str) -> str:
    plain = re.escape(secret)
    return plain if len(secret) >= _SHORT else rf"(?<!\w){plain}(?!\w)"
