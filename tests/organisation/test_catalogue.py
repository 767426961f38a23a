"""The parameters of the guide: all of them are there, and each takes what can be right."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.organisation.world import KEY, Place, World
from tws.errors import Invalid
from tws.organisation.actor import SYSTEM
from tws.organisation.parameters.catalogue import DEFINITIONS, parameter, server
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.parameters.parameter import Level
from tws.storage.audit import audit
from tws.storage.secrets import Secrets, is_sealed

GUIDE: dict[str, dict[str, Any]] = {
    "TWS Server": {
        "AuthMethods": "TWS",
        "AuthLdapServer": "",
        "AuthLdapPort": 389,
        "AuthLdapDn": "?",
        "SmtServer": "",
        "SmtAuthUserName": "",
        "SmtAuthPassword": "",
        "SmtServerPort": 25,
    },
    "TWS Caller": {
        "vmNumber": "",
        "MapServiceURL": "https://www.openstreetmap.org/search?query={0}",
        "AuthorizeChat": True,
        "AuthorizeContactFavorite": True,
        "AuthorizeHotKeys": True,
        "AuthorizeHotKeysExe": True,
        "AuthorizeInterception": False,
        "AuthorizeNote": True,
        "AuthorizeP2pAppSharing": True,
        "AuthorizePublicList": True,
        "AuthorizeShareRulesGroup": "",
        "AuthorizeSimpleRules": True,
        "AuthorizeSms": False,
        "AuthorizeSupervisionInformation": "",
        "SupervisionInformationGroup": "",
        "AuhtorizedCurrentDevice": True,
        "AuthorizedAdvancedSearch": True,
        "AuthorizedCalendarPresences": True,
        "AuthorizedCreateProfil": True,
        "AuthorizedCustomMessagePresences": True,
        "AuthorizedEmailNotification": True,
        "AuthorizedExternalChat": False,
        "AuthorizedMultiChat": True,
        "AuthorizedSaveChat": True,
        "AuthorizedPhoneSupervisionPresences": True,
        "DisplaySimpleRules": True,
        "AuthorizedForwardOriginAll": True,
        "AuthorizedForwardOriginExternal": True,
        "AuthorizedForwardOriginInternal": True,
        "AuthorizedForwardPresenceAsbsent": True,
        "AuthorizedForwardPresenceBusy": True,
        "AuthorizedForwardPresenceCalendar": True,
        "AuthorizedForwardPresenceOffline": True,
        "AuthorizedForwardPresenceOnline": True,
        "AuthorizedForwardTypeBusy": True,
        "AuthorizedForwardTypeImmediate": True,
        "AuthorizedForwardTypeNoAnswer": True,
    },
    "TWS Alerter": {
        "AlerterWidth": 400,
        "AlerterHeight": 300,
        "AlerterMode": "XML",
        "AlerterXml": "",
        "AlerterUrl": "",
    },
    "TWS Rules": {
        "CIRCULARLEVEL": 1,
        "EMERGENCYNUMBER": "",
        "EMERGENCYNUMBERCALLTIMES": 1,
        "IsUserAuthorizedToCreateWithAdminRules": True,
        "TRANSFERVERIFICATION": False,
        "WAITTIMENOREPLY": 20,
        "WAITTIMENOREPLYPBX": 20,
    },
    "TWS MediaServer": {
        "AppSharingRouterIP": "",
        "AppSharingRouterPort": 8202,
        "MediaServerSIP_IP": "",
        "MediaServerSIP_Port": 8201,
    },
    "Système": {
        "timeSynchronizationDirectories": "03:00",
        "DisplayCalendarSummary": False,
        "DisplayCalendarPrivate": False,
        "CallLog-StartCleaningHour": "03:30",
        "CallLog-NumberMaxOfStorage": 30,
        "CallLog-NumberDaysOfStorage": 30,
        "CallLog-NumberToKeepInStorage": 30,
        "Stats-StartCleaningHour": "03:30",
        "Stats-NumberDaysOfStorage": 365,
    },
}
OIDC = {
    "AuthOidcClaim",
    "AuthOidcClientId",
    "AuthOidcClientSecret",
    "AuthOidcIssuer",
    "AuthOidcLabel",
    "AuthOidcScopes",
}
KEPT = tuple(f"{what}-NumberDaysOfStorage" for what in ("Chat", "Incidents", "Traces"))
SMT = {"SmtCertificate", "SmtSecurity", "SmtSender"}
OURS = {
    *("AuthLdapCertificate", "AuthLdapTls", "AuthWindowsRealm", "CalendarRefreshMinutes"),
    *("AlerterPrograms", "AuthNtlmPassword", "Queues-NumberDaysOfStorage", *KEPT, *OIDC, *SMT),
}
"What the guide does not have."
ONLY_DEFAULT = {"CallLog-StartCleaningHour", "Stats-StartCleaningHour", *KEPT, *OIDC}
MISSPELT = {
    "SmtpServer": "SmtServer",
    "SmtpServerPort": "SmtServerPort",
    "SmtpAuthUserName": "SmtAuthUserName",
    "SmtpAuthPassword": "SmtAuthPassword",
    "AuthorizedCurrentDevice": "AuhtorizedCurrentDevice",
    "AuthorizedForwardPresenceAbsent": "AuthorizedForwardPresenceAsbsent",
}


async def put(world: World, name: str, value: Any, **holder: Any) -> Any:
    return await world.service.parameters.set_parameter(
        SYSTEM, parameter=name, value=value, **holder
    )


async def refused(world: World, name: str, value: Any, **holder: Any) -> str:
    with pytest.raises(Invalid) as wrong:
        await put(world, name, value, **holder)
    assert wrong.value.details == {"field": "value"}
    return wrong.value.message


def test_all_of_the_guide_s_parameters_are_there_with_their_defaults() -> None:
    known: dict[str, dict[str, Any]] = {}
    for each in DEFINITIONS:
        if each.name not in OURS:
            known.setdefault(each.application, {})[each.name] = each.default
    assert known == GUIDE
    assert OURS <= {each.name for each in DEFINITIONS}


def test_what_the_guide_misspells_is_found_by_either_name() -> None:
    assert {right: parameter(right).name for right in MISSPELT} == MISSPELT


def test_levels() -> None:
    for each in DEFINITIONS:
        assert (each.levels == {Level.DEFAULT}) == (each.name in ONLY_DEFAULT)
    assert parameter("SupervisionInformationGroup").levels == {Level.DEFAULT, Level.DOMAIN}
    assert parameter(server.AUTH_METHODS).levels == set(Level)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("TWS", "TWS"),
        ("windowssecurity|NONE", "WindowsSecurity|None"),
        (" ldap | tws ", "LDAP|TWS"),
        ("None|TWS|LDAP|WindowsSecurity", "None|TWS|LDAP|WindowsSecurity"),
    ],
)
def test_methods_are_joined_and_spelt_as_the_guide_has_them(given: str, stored: str) -> None:
    assert parameter(server.AUTH_METHODS).checked(given) == stored


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("AuthMethods", "", "nothing is none of"),
        ("AuthMethods", "Kerberos", "Kerberos is none of"),
        ("AuthMethods", "TWS|", "nothing is none of"),
        ("AuthMethods", "TWS,LDAP", "none of"),
        ("AuthMethods", "TWS|tws", "TWS stands there twice"),
        ("AuthMethods", 3, "one or more of its choices"),
        ("AuthLdapServer", "ldap://host", "a host name"),
        ("AuthLdapPort", 0, "1 to 65535"),
        ("AuthLdapDn", "CN=all,DC=company", "must stand in it"),
        ("AuthLdapTls", "ssl", "one of"),
        ("AuthOidcIssuer", "http://id.company.example", "https"),
        ("AuthOidcIssuer", "https://id.company.example?tenant=1", "https"),
        ("AuthOidcClaim", "", "name of a claim"),
        ("AuthOidcScopes", "profile email", "with openid"),
        ("AuthOidcLabel", "", "1 to 60"),
        ("vmNumber", "7770a", "signs 0-9"),
        ("AlerterXml", "../secret.xml", "without a folder"),
        ("AlerterXml", "card.txt", "XML file"),
        ("AlerterUrl", "javascript:alert(1)", "http://"),
        ("AlerterUrl", "https://[/", "http://"),
        ("AlerterWidth", 99, "100 to"),
        ("CallLog-NumberMaxOfStorage", 0, "1 to"),
        ("CallLog-NumberDaysOfStorage", 36501, "to 36500"),
        ("MediaServerSIP_IP", "a b", "a host name"),
        ("SmtAuthPassword", "x" * 1001, "1000"),
        ("SmtAuthPassword", True, "a text"),
    ],
)
async def test_what_cannot_be_right_is_refused_with_words(
    world: World, place: Place, name: str, value: Any, words: str
) -> None:
    assert words in await refused(world, name, value, company=place.company.id)
    assert not world.registry.parameter_values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AuthLdapServer", "2001:db8::1, ldap.company.example"),
        ("AuthOidcIssuer", "https://id.company.example/realms/staff"),
        ("AuthLdapDn", "OU=PARIS, DC=SSDEI, DC=local, CN=?"),
        ("vmNumber", "7770"),
        ("AlerterXml", "card.xml"),
        ("AlerterUrl", "http://www.company.example/search?q=[-DisplayName-]"),
        ("CallLog-NumberToKeepInStorage", 0),
        ("AuthorizeShareRulesGroup", ""),
    ],
)
async def test_what_the_guide_gives_as_an_example_is_taken(
    world: World, place: Place, name: str, value: Any
) -> None:
    row = await put(world, name, value, company=place.company.id)
    assert row.value == value


async def test_a_group_is_named_that_is_there(world: World, place: Place) -> None:
    service = world.service
    other = await service.companies.create_company(SYSTEM, name="Other")
    theirs = await service.domains.create_domain(
        SYSTEM, company=other.id, name="Lyon", time_zone="Europe/Paris"
    )
    await service.groups.create_group(SYSTEM, domain=theirs.id, name="Bosses")
    name, bob = "AuthorizeShareRulesGroup", place.bob.id
    assert await refused(world, name, "Bosses", user=bob) == (
        "The company has no group named Bosses."
    )
    await service.groups.create_group(SYSTEM, domain=place.paris.id, name="Bosses")
    row = await put(world, name, " bosses ", user=bob)
    assert row.value == "Bosses"
    # A group of users is no intercom group.
    name, holder = "SupervisionInformationGroup", {"domain": place.nice.id}
    assert "no intercom group named Bosses" in await refused(world, name, "Bosses", **holder)
    await service.intercom_groups.create_intercom_group(
        SYSTEM, domain=place.paris.id, name="Bosses"
    )
    row = await put(world, name, "BOSSES", **holder)
    assert row.value == "Bosses"


async def test_a_secret_is_sealed_and_nobody_is_told_it(world: World, place: Place) -> None:
    name, company = "SmtAuthPassword", place.company.id
    row = await put(world, name, " over the hills ", company=company)
    assert is_sealed(row.value) and "hills" not in repr(world.registry.parameter_values)
    # It opens for its own place only.
    assert Secrets(Path("unused"), KEY).open(row.value, row.id, name) == " over the hills "
    row = await put(world, "smtpauthpassword", "far away", company=company, version=1)
    assert row.version == 2
    assert Secrets(Path("unused"), KEY).open(row.value, row.id, name) == "far away"
    await world.service.parameters.delete_parameter_value(SYSTEM, row.id, 2)
    async with world.storage.reading() as reader:
        audited = (await reader.execute(select(audit).where(audit.c.target == row.id))).all()
    told = [(entry.before, entry.after) for entry in audited]
    assert len(told) == 3 and "***" in str(told)
    assert "hills" not in str(audited) and "away" not in str(audited)
    assert "sealed:" not in str(audited)
    # None at all is no secret.
    assert (await put(world, name, "", company=company)).value == ""
    assert Parameters(world.registry).effective_in(place.paris.id, name) == ""
