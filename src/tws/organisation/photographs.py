"""Photos of users, as who shows them needs them."""

from tws.organisation import store
from tws.organisation.actor import UserId
from tws.storage import Reader


async def photograph_of(reader: Reader, user: UserId) -> bytes | None:
    """A small JPEG. `User.photo` is its hash."""
    return await store.user_photo(reader, user)
