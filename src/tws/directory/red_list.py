"""The red list (specification 8.2.4): of a number that is on it, applications show whose it is and
not the number. Applied last, to what leaves this room. Pure.
"""

from dataclasses import replace

from tws.directory.model import Contact, Match
from tws.organisation.actor import Actor


def shown(contact: Contact, actor: Actor) -> Contact:
    """The card as `actor` may see it: hidden numbers are empty. Administrators, who say what is
    on the list, and the owner of a private contact see all of them."""
    if actor.user in (None, contact.owner) or not any(n.red for n in contact.numbers):
        return contact
    return without_red(contact, actor)


def without_red(contact: Contact, actor: Actor) -> Contact:
    """A card made of several contacts, where what is red is red to `actor`."""
    if actor.user is None:
        return contact
    numbers = tuple(replace(n, number="") if n.red else n for n in contact.numbers)
    return replace(contact, numbers=numbers)


def match_shown(match: Match, actor: Actor) -> Match:
    """A lookup's answer: who it is, without a number that is hidden on the card."""
    one = len(match.parts) < 2
    card = shown(match.contact, actor) if one else without_red(match.contact, actor)
    hidden = match.red and actor.user is not None
    return replace(
        match,
        contact=card,
        number="" if hidden else match.number,
        others=tuple(match_shown(other, actor) for other in match.others),
    )
