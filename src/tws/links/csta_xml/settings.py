"""Settings of a CSTA link as an administrator enters them, and what they come to."""

import re
from dataclasses import dataclass, field, fields

from tws.forms import WrongValue
from tws.links.csta_xml.profiles import GENERIC, PROFILES, Profile
from tws.net.carrier import Tls
from tws.protocols.csta import EDITIONS
from tws.sentences import Sentence, sentence
from tws.telephony.link import Address

AS_PROFILE = "profile"
"The choice that leaves a setting to the profile of the PBX type."


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A link's settings with the profile's values filled in. Times in seconds."""

    address: Address
    profile: Profile
    edition: int
    session: str
    session_duration: int
    first: str
    register: bool
    framing: str
    device: str
    heartbeat: int
    timeout: int
    features: bool
    user: str | None
    password: str | None
    pbx_domain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Raises ValueError, in words, on what cannot work."""

    host: str = field(metadata={"help": "Address or host name of the PBX.", "where": True})
    pbx_type: str = field(
        default=GENERIC,
        metadata={
            "help": "Type of PBX; it sets the usual value of all that follows.",
            "choices": tuple(PROFILES),
        },
    )
    port: int | None = field(
        default=None,
        metadata={
            "help": "TCP port of its CSTA server; empty: the usual one (3211 on A5000).",
            "where": True,
        },
    )
    tls: bool = field(
        default=False, metadata={"help": "Encrypt the connection with TLS.", "where": True}
    )
    ca_file: str | None = field(
        default=None,
        metadata={
            "help": "Certificates to trust (PEM file on this server); empty: the system's.",
            "where": True,
            "expert": True,
        },
    )
    verify: bool = field(
        default=True,
        metadata={
            "help": "Check the certificate of the PBX (TLS only).",
            "where": True,
            "expert": True,
        },
    )
    user: str | None = field(
        default=None,
        metadata={"help": "User name, where the PBX wants a login: in a session (ECMA-354)."},
    )
    password: str | None = field(
        default=None, metadata={"help": "Password of that user.", "secret": True}
    )
    pbx_domain: str | None = field(
        default=None,
        metadata={
            "help": "PBX domain, where device_id writes devices with one: sip:{n}@{domain}."
        },
    )
    edition: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "Edition of ECMA-323 to write.",
            "choices": (AS_PROFILE, *(str(edition) for edition in EDITIONS)),
            "expert": True,
        },
    )
    session: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "Application session (ECMA-354); auto: tried, and done without if refused.",
            "choices": (AS_PROFILE, "on", "off", "auto"),
            "expert": True,
        },
    )
    session_duration: int = field(
        default=180,
        metadata={"help": "Seconds an application session lasts unless renewed.", "expert": True},
    )
    heartbeat: int | None = field(
        default=None,
        metadata={
            "help": "Seconds of silence before the PBX is asked whether it is there.",
            "expert": True,
        },
    )
    timeout: int | None = field(
        default=None, metadata={"help": "Seconds the PBX has to answer a request.", "expert": True}
    )
    device_id: str | None = field(
        default=None,
        metadata={
            "help": "How devices are written: {n}, N<{n}>, tel:{n} or sip:{n}@{domain}; "
            "empty: as usual on this type of PBX.",
            "expert": True,
        },
    )
    framing: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "j2: header of ECMA-323 Annex J.2; nul: each message ended by a NUL byte.",
            "choices": (AS_PROFILE, "j2", "nul"),
            "expert": True,
        },
    )
    first: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "Who speaks first once connected.",
            "choices": (AS_PROFILE, "us", "switch"),
            "expert": True,
        },
    )
    register: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "SystemRegister: ask for the messages about the state of the PBX.",
            "choices": (AS_PROFILE, "on", "off"),
            "expert": True,
        },
    )
    features: str = field(
        default=AS_PROFILE,
        metadata={
            "help": "GetCSTAFeatures: ask the PBX which services it has.",
            "choices": (AS_PROFILE, "on", "off"),
            "expert": True,
        },
    )

    def __post_init__(self) -> None:
        _check_types(self)
        _check_choices(self)
        if not self.host or any(c.isspace() for c in self.host) or "/" in self.host:
            raise WrongValue(
                "host", "an address or a host name is expected, without blanks or '/'"
            )
        _check_range("port", self.port, 1, 65535)
        if self.port is None and PROFILES[self.pbx_type].port is None:
            raise WrongValue("port", "needed, {pbx} has no usual one", pbx=self.pbx_type)
        _check_range("heartbeat", self.heartbeat, 5, 3600)
        _check_range("timeout", self.timeout, 1, 120)
        _check_range("session_duration", self.session_duration, 30, 86400)
        if self.password and not self.user:
            raise WrongValue("password", "of no use without a user")
        _check_template(self.device_id or PROFILES[self.pbx_type].device, self.pbx_domain)

    def without_effect(self) -> dict[str, Sentence]:
        """Settings that the PBX is never told of, and why."""
        made = self.configuration()
        unused = {}
        if made.user and made.session == "off":
            unused["user"] = sentence("sent in an application session only, and session is off")
        if made.pbx_domain and "{domain}" not in made.device:
            unused["pbx_domain"] = sentence(
                "of no use, since devices are written {device}: device_id", device=made.device
            )
        return unused

    def configuration(self) -> Configuration:
        profile = PROFILES[self.pbx_type]
        port = self.port or profile.port or 0
        tls = Tls(server_name=self.host, ca_file=self.ca_file or None, verify=self.verify)
        session = _or(self.session, profile.session)
        if self.session == AS_PROFILE and session == "off" and self.user:
            # There is no other place for a login.
            session = "auto"
        return Configuration(
            address=Address(self.host, port, tls if self.tls else None),
            profile=profile,
            edition=int(_or(self.edition, str(profile.edition))),
            session=session,
            session_duration=self.session_duration,
            first=_or(self.first, profile.first),
            register=_or(self.register, "on" if profile.register else "off") == "on",
            framing=_or(self.framing, profile.framing),
            device=self.device_id or profile.device,
            heartbeat=self.heartbeat or profile.heartbeat,
            timeout=self.timeout or profile.timeout,
            features=_or(self.features, "on" if profile.features else "off") == "on",
            user=self.user or None,
            password=self.password or None,
            pbx_domain=self.pbx_domain or None,
        )


def _or(chosen: str, usual: str) -> str:
    return usual if chosen == AS_PROFILE else chosen


_TYPES: dict[object, tuple[tuple[type, ...], Sentence]] = {
    str: ((str,), sentence("a text")),
    bool: ((bool,), sentence("yes or no")),
    int: ((int,), sentence("a whole number")),
    str | None: ((str, type(None)), sentence("a text or nothing")),
    int | None: ((int, type(None)), sentence("a whole number or nothing")),
}


def _check_types(settings: Settings) -> None:
    """What comes from a form or a file may be anything."""
    for each in fields(settings):
        kinds, words = _TYPES[each.type]
        value = getattr(settings, each.name)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise WrongValue(each.name, "{kind} is expected", kind=words)


def _check_choices(settings: Settings) -> None:
    for each in fields(settings):
        choices = each.metadata.get("choices")
        if choices and getattr(settings, each.name) not in choices:
            raise WrongValue(each.name, "one of {choices} is expected", choices=", ".join(choices))


def _check_range(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise WrongValue(name, "{least} to {most} is expected", least=least, most=most)


def _check_template(template: str, domain: str | None) -> None:
    marks = re.findall(r"\{[^{}]*\}|[{}]", template)
    if marks.count("{n}") != 1 or set(marks) - {"{n}", "{domain}"}:
        raise WrongValue(
            "device_id",
            "{number} must stand in it once; else only {site} in braces",
            number="{n}",
            site="{domain}",
        )
    if "{domain}" in marks and not domain:
        raise WrongValue(
            "pbx_domain", "needed, since devices are written with {site}", site="{domain}"
        )
