"""A source that lost much of what it had may be a mistake: somebody has to say yes."""

SHARE = 0.25
"Of what is known: to take more of it away somebody has to say yes."


ALWAYS = 1
"May go whatever its share: of three, one could never go unasked (decision 0056)."


def asks(known: int, gone: int, *, always: int = ALWAYS) -> bool:
    """`always`: so many may go whatever their share."""
    return gone > max(always, SHARE * known)
