"""Where a photo is served."""


def photo_address(contact: str, hash: str) -> str | None:
    """`contact`: its id, or that of a user; another photo has another address."""
    return f"/api/v1/contacts/{contact}/photo?v={hash[:8]}" if hash else None
