"""What the tables of the room have in common."""

from sqlalchemy import Column, ForeignKey, Integer, String

from tws.organisation.words import KEY_LENGTH, fold


def id_column() -> Column[str]:
    return Column("id", String(36), primary_key=True)


def version_column() -> Column[int]:
    return Column("version", Integer, nullable=False)


def reference(name: str, to: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(36), ForeignKey(f"{to}.id"), nullable=nullable, index=True)


def text_column(name: str, length: int = 100) -> Column[str]:
    return Column(name, String(length), nullable=False)


def key_column(name: str) -> Column[str]:
    """The folded form of a name, by which it is unique."""
    return Column(name, String(KEY_LENGTH), nullable=False)


NAME = {"name_key": lambda row: fold(row.name)}

USERNAME = {"username_key": lambda row: fold(row.username)}
"The folded forms, by which names are unique."
