"""Whose contacts: a user's e-mail address where a setting says that it stands. Pure."""

from urllib.parse import quote

from tws.sources.errors import Misconfigured

MAILBOX, USER = "{mailbox}", "{user}"
"The address of a user, and its part before the @."


def has_place(template: str) -> bool:
    return MAILBOX in template or USER in template


def placed(template: str, mailbox: str | None, *, in_path: bool = False) -> str:
    """The setting with the user in it; as it stands for a public directory (`mailbox` None).
    Misconfigured where the one is written as the other. `in_path`: of an address."""
    if mailbox is None:
        if has_place(template):
            raise Misconfigured(
                "{template} is of users' own contacts: this directory is public.",
                template=template,
            )
        return template
    if not has_place(template):
        raise Misconfigured(
            "Users' own contacts need {mailbox} or {user} in {template}.",
            mailbox=MAILBOX,
            user=USER,
            template=template,
        )
    user = mailbox.partition("@")[0]
    if in_path:
        if not mailbox.isprintable() or any(c in mailbox for c in "/\\?#%"):
            # Many servers decode before they split: no user may reach another's folder.
            raise Misconfigured("{mailbox} cannot stand in an address.", mailbox=repr(mailbox))
        mailbox, user = quote(mailbox, safe="@"), quote(user, safe="")
    return template.replace(MAILBOX, mailbox).replace(USER, user)
