"""The kinds of rows of this room that people change one by one."""

from collections.abc import Callable
from datetime import datetime

from tws.directory import store
from tws.directory.events import ContactChanged, ContactListChanged
from tws.directory.model import Contact, ContactList
from tws.numbering import DialPlan
from tws.records.kind import Kind, StoredKind

CONTACT_LIST = Kind[ContactList]("contact list", store.lists, ContactListChanged)


def contacts(
    plan: Callable[[Contact], DialPlan | None], clock: Callable[[], datetime]
) -> StoredKind[Contact]:
    """Those that TWS keeps itself; their numbers are read by `plan`."""
    return StoredKind("contact", store.OwnContactRows(plan, clock), ContactChanged)
