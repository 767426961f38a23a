"""The same of the operations of the event journal."""

from collections.abc import Mapping

from tests.web.asking import Ask, asking, changing, deleting, listing, sending

JOURNAL: Mapping[str, list[Ask]] = {
    "listCallLog": listing("user"),
    "exportCallLog": listing("user"),
    "listNotes": [
        asking(),
        asking(contact="their contact"),
        asking(contact="their private contact"),
    ],
    "createNote": [
        sending(text="X", contact="their contact"),
        sending(text="X", contact="their private contact"),
        sending(text="X", call="their leg"),
    ],
    "updateNote": changing("note", text="X"),
    "deleteNote": deleting("note"),
}
