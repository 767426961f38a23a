"""Lists of parameters in few lengths: a database remembers the statements that it has seen."""

from collections.abc import Iterable


def padded(ids: Iterable[str]) -> list[str]:
    """With its last one again, up to a power of two."""
    some = list(ids)
    return some + some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some)) if some else some
