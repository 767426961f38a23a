"""Contacts in SQL."""

from tws.directory.store.bulk import bring, directories, empty, known, settle, take_away
from tws.directory.store.by_field import search_by_field
from tws.directory.store.contacts import (
    OwnContactRows,
    get,
    plan_key,
    read_again,
    read_otherwise,
    remove,
    sort_of,
)
from tws.directory.store.keeping import called, kept, known_by
from tws.directory.store.lists import (
    contact_list,
    contact_list_member,
    get_list,
    lists,
    lists_for,
    lists_of,
    members,
    write_members,
)
from tws.directory.store.looking import WITH_NUMBER, Found, with_addresses, with_ids, with_number
from tws.directory.store.nearly import CANDIDATES, search_nearly
from tws.directory.store.photos import photo, photos
from tws.directory.store.runs import forget_runs, last_runs, run, runs, write_run
from tws.directory.store.searching import search
from tws.directory.store.tables import contact, contact_email, contact_number

__all__ = [
    "CANDIDATES",
    "WITH_NUMBER",
    "Found",
    "OwnContactRows",
    "bring",
    "called",
    "contact",
    "contact_email",
    "contact_list",
    "contact_list_member",
    "contact_number",
    "directories",
    "empty",
    "forget_runs",
    "get",
    "get_list",
    "kept",
    "known",
    "known_by",
    "last_runs",
    "lists",
    "lists_for",
    "lists_of",
    "members",
    "photo",
    "photos",
    "plan_key",
    "read_again",
    "read_otherwise",
    "remove",
    "run",
    "runs",
    "search",
    "search_by_field",
    "search_nearly",
    "settle",
    "sort_of",
    "take_away",
    "with_addresses",
    "with_ids",
    "with_number",
    "write_members",
    "write_run",
]
