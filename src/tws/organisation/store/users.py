"""Users, their photographs and their devices."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    false,
    insert,
    select,
)

from tws.organisation.actor import UserId
from tws.organisation.model import User, UserDevice
from tws.organisation.store.columns import (
    USERNAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Reader, Transaction, metadata
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed

user = Table(
    "user_account",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("username"),
    key_column("username_key"),
    text_column("first_name"),
    text_column("last_name"),
    text_column("email", 254),
    text_column("mobile", 64),
    text_column("culture", 16),
    Column("enabled", Boolean, nullable=False),
    Column("ip", String(45), nullable=False, server_default=""),
    Column("external_key", String(255), nullable=False, server_default=""),
    Column("custom0", String(255), nullable=False, server_default=""),
    Column("custom1", String(255), nullable=False, server_default=""),
    Column(
        "voicemail_password",
        Text,
        nullable=False,
        server_default="",
        info=sealed("voicemail_password"),
    ),
    # The hash of the photo.
    Column("photo", String(32), nullable=False, server_default=""),
    # No foreign key: an import goes, those whom it brought stay.
    Column("user_import", String(36)),
    Column("missing", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("company", "username_key"),
)

photo = Table(
    "user_photo",
    metadata,
    Column(
        "user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("jpeg", LargeBinary, nullable=False),
)

device = Table(
    "user_device",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    reference("user", "user_account"),
    reference("link", "link"),
    text_column("number", 32),
    text_column("protocol", 20),
    text_column("label"),
    Column("password", Text, nullable=False, server_default="", info=sealed("password")),
    Column("ip", String(45), nullable=False, server_default=""),
    Column("video", Boolean, nullable=False, server_default=false()),
    Column("client_port", Integer, nullable=False, server_default="0"),
    Column("sip_proxy", String(255), nullable=False, server_default=""),
    Column("one_number", Boolean, nullable=False, server_default=false()),
    Column("softphone", Boolean, nullable=False, server_default=false()),
    Column("media_protocol", String(20), nullable=False, server_default="None"),
    Column("user_import", String(36)),
    UniqueConstraint("link", "number"),
)

users = Rows(user, User, USERNAME)
devices = Rows(device, UserDevice)


async def user_photo(reader: Reader, id: UserId) -> bytes | None:
    query = select(photo.c.jpeg).where(photo.c.user == id)
    found: bytes | None = (await reader.execute(query)).scalar()
    return found


async def write_user_photo(tx: Transaction, id: UserId, jpeg: bytes | None) -> None:
    """None: there is none any more."""
    await tx.execute(delete(photo).where(photo.c.user == id))
    if jpeg is not None:
        await tx.execute(insert(photo).values(user=id, jpeg=jpeg))
