"""The organisation's rows in SQL."""

from tws.organisation.store.administrators import (
    administrator,
    administrator_company,
    administrators,
    other_super_users,
)
from tws.organisation.store.companies import companies, company, domain, domains, domains_of
from tws.organisation.store.directories import (
    directories,
    directory,
    directory_ids,
    synchronised,
    user_import,
    user_imports,
)
from tws.organisation.store.grants import granted, grants, grants_naming, naming
from tws.organisation.store.groups import (
    add_members,
    count_version,
    drop_members,
    group,
    groups,
    groups_with,
    member,
)
from tws.organisation.store.links import epochs_of, link, links, next_epoch
from tws.organisation.store.scim import connection_used, scim_connection, scim_connections
from tws.organisation.store.settings import (
    collaboration_account,
    collaboration_accounts,
    collaboration_source,
    collaboration_sources,
    parameter_value,
    parameter_values,
    users_with_settings,
)
from tws.organisation.store.shared_devices import (
    intercom_group,
    intercom_groups,
    queue,
    queues,
)
from tws.organisation.store.users import (
    device,
    devices,
    photo,
    user,
    user_photo,
    users,
    write_user_photo,
)

__all__ = [
    "add_members",
    "administrator",
    "administrator_company",
    "administrators",
    "collaboration_account",
    "collaboration_accounts",
    "collaboration_source",
    "collaboration_sources",
    "companies",
    "company",
    "connection_used",
    "count_version",
    "device",
    "devices",
    "directories",
    "directory",
    "directory_ids",
    "domain",
    "domains",
    "domains_of",
    "drop_members",
    "epochs_of",
    "granted",
    "grants",
    "grants_naming",
    "group",
    "groups",
    "groups_with",
    "intercom_group",
    "intercom_groups",
    "link",
    "links",
    "member",
    "naming",
    "next_epoch",
    "other_super_users",
    "parameter_value",
    "parameter_values",
    "photo",
    "queue",
    "queues",
    "scim_connection",
    "scim_connections",
    "synchronised",
    "user",
    "user_import",
    "user_imports",
    "user_photo",
    "users",
    "users_with_settings",
    "write_user_photo",
]
