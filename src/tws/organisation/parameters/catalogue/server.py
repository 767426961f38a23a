"""TWS Server: how people sign in (6.1, 6.3; OpenID Connect), and the mail server (9.1.5)."""

from functools import partial

from tws.organisation.parameters import checking
from tws.organisation.parameters.parameter import (
    DEFAULT_ONLY,
    DOMAINS,
    OF_USERS,
    Parameter,
    Unit,
    ValueKind,
)
from tws.protocols.ntlm import nt_hash

APPLICATION = "TWS Server"

AUTH_METHODS = "AuthMethods"
AUTH_LDAP_SERVER = "AuthLdapServer"
AUTH_LDAP_PORT = "AuthLdapPort"
AUTH_LDAP_DN = "AuthLdapDn"
AUTH_LDAP_TLS = "AuthLdapTls"
AUTH_LDAP_CERTIFICATE = "AuthLdapCertificate"
AUTH_WINDOWS_REALM = "AuthWindowsRealm"
AUTH_NTLM_PASSWORD = "AuthNtlmPassword"  # noqa: S105 - a name
AUTH_OIDC_ISSUER = "AuthOidcIssuer"
AUTH_OIDC_CLIENT_ID = "AuthOidcClientId"
AUTH_OIDC_CLIENT_SECRET = "AuthOidcClientSecret"  # noqa: S105 - a name
AUTH_OIDC_CLAIM = "AuthOidcClaim"
AUTH_OIDC_SCOPES = "AuthOidcScopes"
AUTH_OIDC_LABEL = "AuthOidcLabel"
SMT_SERVER = "SmtServer"
SMT_SERVER_PORT = "SmtServerPort"
SMT_SECURITY = "SmtSecurity"
SMT_CERTIFICATE = "SmtCertificate"
SMT_SENDER = "SmtSender"
SMT_AUTH_USER_NAME = "SmtAuthUserName"
SMT_AUTH_PASSWORD = "SmtAuthPassword"  # noqa: S105 - a name
CALENDAR_REFRESH_MINUTES = "CalendarRefreshMinutes"

OPENID_CONNECT = "OpenIDConnect"
WINDOWS_SECURITY = "WindowsSecurity"
METHODS = (WINDOWS_SECURITY, "LDAP", "TWS", "None", "Ip", OPENID_CONNECT)
"""Values of AuthMethods; the guide has no Ip, but a user's address for it (3.3.4), and nothing of
OpenID Connect."""

_of = partial(Parameter, application=APPLICATION)

PARAMETERS = (
    _of(
        name=AUTH_METHODS,
        kind=ValueKind.SEVERAL,
        default="TWS",
        choices=METHODS,
        help="How users sign in; several methods may be allowed together. With None their name is"
        " enough, and with Ip the address of their computer: no password is asked. With"
        " OpenIDConnect they come by the button of the company's provider, with WindowsSecurity by"
        " the session that they opened on their computer.",
    ),
    _of(
        name=AUTH_WINDOWS_REALM,
        kind=ValueKind.TEXT,
        default="",
        check=checking.hosts,
        help="The Windows domain, or several, whose accounts are the users of the same names: its"
        " realm in Kerberos, as COMPANY.LOCAL. Empty: nobody comes in by WindowsSecurity.",
    ),
    _of(
        name=AUTH_NTLM_PASSWORD,
        kind=ValueKind.SECRET,
        default="",
        levels=OF_USERS,
        expert=True,
        kept=lambda password: nt_hash(password).hex(),
        help="The password of the user's account on a computer that is in no Windows domain, with"
        " which they come in by WindowsSecurity. Only its NT hash is kept, sealed; but whoever has"
        " that hash can pass for the user.",
    ),
    _of(
        name=AUTH_LDAP_SERVER,
        kind=ValueKind.TEXT,
        default="",
        check=checking.hosts,
        help="The LDAP server that checks passwords, by its name or its IP address; or several,"
        " which are asked in this order while one does not answer.",
    ),
    _of(
        name=AUTH_LDAP_PORT,
        kind=ValueKind.NUMBER,
        default=389,
        least=1,
        most=65535,
        help="The port of the LDAP server: 389 as a rule, 636 for LDAPS.",
    ),
    _of(
        name=AUTH_LDAP_DN,
        kind=ValueKind.TEXT,
        default=checking.USER,
        check=checking.ldap_place,
        help="Where people are in the tree of the LDAP server; ? becomes the user's name, as in"
        " CN=?, OU=PARIS, DC=company, DC=example.",
    ),
    # The guide knows no encryption here. A password of the company in clear text on the network
    # is what somebody must ask for; StartTLS goes through the port that the guide gives.
    _of(
        name=AUTH_LDAP_TLS,
        kind=ValueKind.CHOICE,
        default="starttls",
        choices=("none", "starttls", "ldaps"),
        help="How passwords are protected on the way to the LDAP server: starttls on the usual"
        " port, ldaps on a port of its own. With none they travel in clear text.",
    ),
    _of(
        name=AUTH_LDAP_CERTIFICATE,
        kind=ValueKind.FILE,
        default="",
        check=checking.file_name,
        help="The file, among the company's files, of the certificates by which the LDAP server is"
        " known; empty where those that this computer knows are enough.",
    ),
    _of(
        name=AUTH_OIDC_ISSUER,
        kind=ValueKind.TEXT,
        default="",
        check=checking.issuer,
        levels=DEFAULT_ONLY,
        help="The OpenID Connect provider by which users sign in: the address that it calls its"
        " issuer, to the last character. Empty: there is none.",
    ),
    _of(
        name=AUTH_OIDC_CLIENT_ID,
        kind=ValueKind.TEXT,
        default="",
        levels=DEFAULT_ONLY,
        help="What the OpenID Connect provider calls TWS: its client identifier there.",
    ),
    _of(
        name=AUTH_OIDC_CLIENT_SECRET,
        kind=ValueKind.SECRET,
        default="",
        levels=DEFAULT_ONLY,
        help="The secret that goes with the client identifier; empty where the provider gave none."
        " It is stored sealed, and is never shown again.",
    ),
    _of(
        name=AUTH_OIDC_CLAIM,
        kind=ValueKind.TEXT,
        default="preferred_username",
        check=checking.claim,
        levels=DEFAULT_ONLY,
        expert=True,
        help="By which of the things that the OpenID Connect provider says of people they are"
        " found here: it must be their user name. With email it is their e-mail address, which the"
        " provider must have verified.",
    ),
    _of(
        name=AUTH_OIDC_SCOPES,
        kind=ValueKind.TEXT,
        default="openid profile email",
        check=checking.scopes,
        levels=DEFAULT_ONLY,
        expert=True,
        help="What the OpenID Connect provider is asked to tell of people: words with blanks"
        " between them, openid among them.",
    ),
    _of(
        name=AUTH_OIDC_LABEL,
        kind=ValueKind.TEXT,
        default="OpenID Connect",
        check=checking.label,
        levels=DEFAULT_ONLY,
        help="The words on the button that leads to the OpenID Connect provider; whoever opens the"
        " page sees them.",
    ),
    _of(
        name=SMT_SERVER,
        kind=ValueKind.TEXT,
        default="",
        check=checking.host,
        levels=DOMAINS,
        aliases=("SmtpServer",),
        help="The mail server by which TWS sends e-mails, as those about incidents.",
    ),
    _of(
        name=SMT_SERVER_PORT,
        kind=ValueKind.NUMBER,
        default=25,
        least=1,
        most=65535,
        levels=DOMAINS,
        expert=True,
        aliases=("SmtpServerPort",),
        help="The port of the mail server.",
    ),
    # The guide knows no encryption here either. Servers inside a company often offer none, and
    # take mails without an account: what can be encrypted is, and a password goes nowhere in
    # clear text unless somebody asks for it.
    _of(
        name=SMT_SECURITY,
        kind=ValueKind.CHOICE,
        default="auto",
        choices=("auto", "starttls", "smtps", "none"),
        levels=DOMAINS,
        expert=True,
        help="How e-mails are protected on the way to the mail server: auto uses STARTTLS where"
        " the server offers it, and sends a password only so; smtps has a port of its own, 465 as"
        " a rule. With none everything travels in clear text.",
    ),
    _of(
        name=SMT_CERTIFICATE,
        kind=ValueKind.FILE,
        default="",
        levels=DOMAINS,
        expert=True,
        check=checking.file_name,
        help="The file, among the company's files, of the certificates by which the mail server is"
        " known; empty where those that this computer knows are enough.",
    ),
    _of(
        name=SMT_SENDER,
        kind=ValueKind.TEXT,
        default="",
        levels=DOMAINS,
        check=checking.mail_address,
        help="The address that e-mails of TWS come from. Empty: the account at the mail server"
        " where that is an address, else tws@ and the name of this server.",
    ),
    _of(
        name=SMT_AUTH_USER_NAME,
        kind=ValueKind.TEXT,
        default="",
        levels=DOMAINS,
        expert=True,
        aliases=("SmtpAuthUserName",),
        help="The account with which TWS signs in at the mail server; empty where it asks for"
        " none.",
    ),
    _of(
        name=SMT_AUTH_PASSWORD,
        kind=ValueKind.SECRET,
        default="",
        levels=DOMAINS,
        expert=True,
        aliases=("SmtpAuthPassword",),
        help="The password of that account. It is stored sealed, and is never shown again.",
    ),
    _of(
        name=CALENDAR_REFRESH_MINUTES,
        kind=ValueKind.NUMBER,
        default=5,
        least=1,
        most=1440,
        unit=Unit.MINUTES,
        levels=DOMAINS,
        expert=True,
        help="How many minutes from one reading of the calendars to the next.",
    ),
)
