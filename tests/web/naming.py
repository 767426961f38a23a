"""For each operation of the API, requests that name something: by `their` id, or by `own` one.

`their link` stands for the id of a link of a company, `own user` for that of a user of the
company that asks. Whoever adds an operation adds it here: `tests.web.test_strangers` asks for it.
"""

from collections.abc import Mapping
from typing import Any

from tests.web.asking import (
    Ask,
    asking,
    changing,
    deleting,
    finding,
    granting,
    listing,
    sending,
)
from tests.web.naming_alerter import OF_ALERTER
from tests.web.naming_chats import OF_CHATS
from tests.web.naming_desk import BY_HELPERS, OF_DESK
from tests.web.naming_journal import JOURNAL
from tests.web.naming_profiles import OF_PROFILES
from tests.web.naming_queues import OF_QUEUES
from tests.web.naming_sms import OF_SMS
from tests.web.naming_telephones import OF_TELEPHONES

GRANTEES = ("user", "group", "queue", "intercomGroup", "domain")
OBJECTS = ("user", "group", "queue", "intercomGroup", "directory")
NUMBER = "4003"
IMPORT: dict[str, Any] = {
    "name": "B",
    "connector": "paper",
    "settings": {"host": "x"},
    "fields": {"username": "name", "identifier": "id", "number": "tel"},
}
CONFIGURATION = "eyJmb3JtYXQiOiAidHdzLWNvbmZpZ3VyYXRpb24iLCAic2NoZW1hIjogMX0="
"A file in base64, with nothing in it."
COLLECTOR: dict[str, Any] = {"transport": "tcp", "host": "127.0.0.1", "port": 9}
NAMING: Mapping[str, list[Ask]] = {
    # ---------------------------------------------------------------- keys, calls, contacts
    "listApiKeys": [asking(), asking(user="their user")],
    "createApiKey": [sending(label="CRM", user="their user")],
    "revokeApiKey": finding("key"),
    "listSessions": [asking(), asking(user="their user")],
    "revokeSession": [*finding("session"), *finding("administrator's session")],
    "getUserSecondFactor": finding("user"),
    "trySignIn": [sending("their user", password="x")],
    "removeUserSecondFactor": finding("user"),
    "removeAdministratorSecondFactor": finding("administrator"),
    "getAdministratorSecondFactor": finding("administrator"),
    "listAdministratorSessions": finding("administrator"),
    "removePasskey": finding("passkey"),
    "listUserPasskeys": finding("user"),
    "listAdministratorPasskeys": finding("administrator"),
    "listDevices": [asking()],
    "listCalls": [asking()],
    **JOURNAL,
    **OF_DESK,
    "searchContacts": [
        *listing(),
        asking(company="own company", q="their name"),
        asking(company="own company", directory="their directory"),
        asking(company="own company", lastName="their name"),
    ],
    "listSearchedDirectories": listing(),
    "reverseLookup": [
        asking(company="own company", number="their number"),
        asking(number=NUMBER, company="their company"),
    ],
    "createContact": [
        Ask(query={"company": "their company"}, body={"lastName": "New", "private": False}),
        Ask(query={"company": "their company"}, body={"lastName": "New", "private": True}),
    ],
    "getContact": [*finding("contact"), *finding("private contact"), *finding("user")],
    "getContactPhoto": [*finding("contact"), *finding("private contact"), *finding("user")],
    "updateContact": [*changing("contact"), *changing("private contact")],
    "deleteContact": [*deleting("contact"), *deleting("private contact")],
    "exportContacts": [
        asking(contact="their contact", company="own company"),
        asking(list="their contact list"),
        asking(company="their company"),
        asking(company="own company", domain="their domain"),
    ],
    "importContacts": [
        Ask(
            query={"company": "own company", "domain": "their domain"},
            body={"content": "QkVHSU46VkNBUkQKRk46TmV3CkVORDpWQ0FSRAo=", "private": False},
        ),
        Ask(
            query={"company": "their company"},
            body={"content": "QkVHSU46VkNBUkQKRk46TmV3CkVORDpWQ0FSRAo=", "private": False},
        ),
    ],
    "listContactLists": [asking()],
    "updateContactList": changing("contact list", name="X"),
    "deleteContactList": deleting("contact list"),
    "listContactsOfList": finding("contact list"),
    "addToContactList": [
        sending("their contact list", contacts=["own contact"]),
        sending("own contact list", contacts=["their contact"]),
        sending("own contact list", contacts=["their private contact"]),
        sending("own contact list", contacts=["their user"]),
    ],
    "removeFromContactList": [
        asking("their contact list", contact="own contact"),
        asking("own contact list", contact="their private contact"),
    ],
    "orderContactList": changing("contact list", contacts=["their contact"]),
    "getMyParameters": [asking()],
    "getMyPreferences": [asking()],
    "updateMyPreferences": [sending(version=3, quiet=True)],
    "setMyLanguage": [sending(culture="Auto")],
    "orderForwardingRules": [sending(rules=["their forwarding rule"])],
    "updateForwardingRule": changing("forwarding rule", active=False),
    "deleteForwardingRule": deleting("forwarding rule"),
    **OF_PROFILES,
    **OF_TELEPHONES,
    # ---------------------------------------------------------------- companies and domains
    "listCompanies": [asking()],
    "getCompany": finding("company"),
    "updateCompany": changing("company", name="X"),
    "deleteCompany": deleting("company"),
    "listDomains": listing(),
    "createDomain": [sending(company="their company", name="Lyon", timeZone="Europe/Paris")],
    "getDomain": finding("domain"),
    "updateDomain": changing("domain", name="X"),
    "deleteDomain": deleting("domain"),
    "getDialPlan": finding("domain"),
    "updateDialPlan": changing("domain", inverseLength=8),
    "testNumber": [sending("their domain", direction="dialled", number="0155171889")],
    "exportDialRules": finding("domain"),
    "readDialRules": [
        sending("their domain", content="W3sicHJpb3JpdHkiOjEsInBhdHRlcm4iOiIwIiwidmFsdWUiOiIwIn1d")
    ],
    # ---------------------------------------------------------------- people
    "listUsers": listing("domain"),
    "createUser": [sending(domain="their domain", username="new")],
    "getUser": finding("user"),
    "updateUser": [
        *changing("user", firstName="X"),
        sending("own user", version=1, domain="their domain"),
    ],
    "deleteUser": deleting("user"),
    "setUserPhoto": [asking(user="their user")],
    "deleteUserPhoto": [asking(user="their user")],
    "setUserPassword": [sending("their user", password="correct horse battery")],
    "listUserDevices": listing("domain", "user", "link"),
    "createUserDevice": [
        sending(user="their user", link="their link", number="4990"),
        sending(user="own user", link="their link", number="4991"),
        sending(user="their user", link="own link", number="4992"),
    ],
    "getUserDevice": finding("device"),
    "updateUserDevice": [
        *changing("device", label="X"),
        sending("own device", version=1, user="their user"),
        sending("own device", version=1, link="their link"),
    ],
    "deleteUserDevice": deleting("device"),
    # ---------------------------------------------------------------- groups and rights
    "listGroups": listing("domain"),
    "createGroup": [sending(domain="their domain", name="Sales")],
    "getGroup": finding("group"),
    "updateGroup": changing("group", name="X"),
    "deleteGroup": deleting("group"),
    "setGroupMembers": [
        *changing("group", members=[]),
        *changing("group", members=["own user"]),
        sending("own group", version=1, members=["own user", "their user"]),
    ],
    "listGrants": [
        *listing(),
        *(asking(grantee=f"their {one}") for one in GRANTEES),
        *(asking(object=f"their {one}") for one in OBJECTS),
    ],
    "createGrant": [
        *(
            sending(
                kind="application",
                objectKind="application",
                object="TWS Toolkit",
                granteeKind=one,
                grantee=f"their {one}",
            )
            for one in ("user", "group")
        ),
        *(
            granting("directory", f"{whose} directory", f"their {one}")
            for whose in ("own", "their")
            for one in GRANTEES
        ),
        *(
            granting("calendar", f"{whose} {of}", f"their {to}")
            for whose in ("own", "their")
            for of in ("user", "group")
            for to in ("user", "group")
        ),
        granting("intercomGroup", "their intercomGroup", "their user"),
        granting("queue", "their queue", "their group"),
        *(
            granting(kind, f"{whose} user", "their user")
            for kind in ("callLog", "statistics", "recordings")
            for whose in ("own", "their")
        ),
    ],
    "getGrant": finding("grant"),
    "deleteGrant": deleting("grant"),
    "countApplicationUsers": [
        asking(application="TWS Caller", **{whose: f"their {whose}"})
        for whose in ("company", "domain")
    ],
    "listRights": finding("user"),
    "explainRight": [
        asking("their user", kind="application", object="TWS Caller"),
        asking("their user", kind="calendar", object="own user"),
        asking("own user", kind="calendar", object="their user"),
        asking("own user", kind="directory", object="their directory"),
    ],
    # ---------------------------------------------------------------- directories
    "listDirectories": listing("domain"),
    "createDirectory": [
        sending(domain="their domain", name="B", connector="paper", settings={"host": "x"})
    ],
    "getDirectory": finding("directory"),
    "updateDirectory": changing("directory", name="X"),
    "deleteDirectory": deleting("directory"),
    "synchroniseDirectory": finding("directory"),
    "tryDirectory": finding("directory"),
    "tryDirectoryDraft": [
        sending(domain="their domain", connector="paper", settings={"host": "x"}),
        sending(
            domain="own domain",
            directory="their directory",
            connector="paper",
            settings={"host": "x"},
        ),
    ],
    "approveSynchronisation": finding("directory"),
    "cancelSynchronisation": finding("directory"),
    "listSynchronisations": finding("directory"),
    # ---------------------------------------------------------------- imports of users
    "listUserImports": listing("domain"),
    "createUserImport": [
        sending(domain="their domain", **IMPORT),
        *(sending(domain="own domain", **{x: f"their {x}"}, **IMPORT) for x in ("group", "link")),
    ],
    "getUserImport": finding("user import"),
    "updateUserImport": [
        *changing("user import", name="X"),
        *(sending("own user import", version=1, **{x: f"their {x}"}) for x in ("group", "link")),
    ],
    "deleteUserImport": deleting("user import"),
    "runUserImport": finding("user import"),
    "tryUserImport": finding("user import"),
    "approveUserImport": finding("user import"),
    "cancelUserImport": finding("user import"),
    "listUserImportRuns": finding("user import"),
    # ---------------------------------------------------------------- SCIM connections
    "listScimConnections": listing("domain"),
    "createScimConnection": [
        sending(domain="their domain", name="B"),
        sending(domain="own domain", link="their link", name="B"),
    ],
    "getScimConnection": finding("SCIM connection"),
    "updateScimConnection": [
        *changing("SCIM connection", name="X"),
        sending("own SCIM connection", version=2, link="their link"),
    ],
    "deleteScimConnection": deleting("SCIM connection"),
    "revokeScimToken": finding("SCIM connection"),
    "makeScimToken": finding("SCIM connection"),
    "listFiles": [asking(company="their company")],
    "putFile": [asking(company="their company", name="a.csv")],
    "deleteFile": [asking(company="their company", name="a.csv")],
    **OF_ALERTER,
    # ---------------------------------------------------------------- calendars
    "listCollaborationSources": listing("domain"),
    "createCollaborationSource": [
        sending(
            domain="their domain",
            name="B",
            connector="ical",
            settings={"url": "http://127.0.0.1:1/{user}.ics"},
        )
    ],
    "getCollaborationSource": finding("collaboration source"),
    "updateCollaborationSource": changing("collaboration source", name="X"),
    "deleteCollaborationSource": deleting("collaboration source"),
    "listCollaborationStates": listing("domain"),
    "tryLink": [
        sending(domain="their domain", dialect="paper", settings={"host": "pbx.example"}),
        sending(
            domain="own domain",
            link="their link",
            dialect="paper",
            settings={"host": "pbx.example"},
        ),
    ],
    "tryCollaborationSource": finding("collaboration source"),
    "tryCollaborationSourceDraft": [
        sending(
            domain="their domain",
            connector="ical",
            settings={"url": "http://127.0.0.1:1/{user}.ics"},
        ),
        sending(
            domain="own domain",
            source="their collaboration source",
            connector="ical",
            settings={"url": "http://127.0.0.1:1/{user}.ics"},
        ),
    ],
    "refreshCollaborationSource": finding("collaboration source"),
    **OF_SMS,
    "listCalendarStates": [asking()],
    "getCalendarState": finding("user"),
    "getPresence": finding("user"),
    "listColleagues": [asking()],
    "setPresence": [sending(state="busy")],
    **OF_CHATS,
    "listCollaborationAccounts": [asking()],
    "setCollaborationAccount": [
        sending("their collaboration source", username="x", password="secret")
    ],
    "tryCollaborationAccount": [
        sending(
            "their collaboration source",
            username="x",
            email="x@arda.example",
            password="secret",
        )
    ],
    "listOwnContactsFailures": [asking()],
    "deleteCollaborationAccount": finding("collaboration source"),
    **OF_QUEUES,
    # ---------------------------------------------------------------- parameters
    "listParameterValues": listing("domain", "group", "user"),
    "setParameter": [
        sending(
            parameter="MapServiceURL", value="https://maps.example/{0}", **{one: f"their {one}"}
        )
        for one in ("company", "domain", "group", "user")
    ],
    "deleteParameterValue": deleting("parameter value"),
    "explainParameters": [asking("their user"), asking("their user", parameter="MapServiceURL")],
    # ---------------------------------------------------------------- administrators
    "listAdministrators": listing(),
    "createAdministrator": [
        sending(username="new", companies=["their company"]),
        sending(username="new", superUser=True),
    ],
    "getAdministrator": finding("administrator"),
    "updateAdministrator": [
        *changing("administrator", username="x"),
        *changing("administrator", email="x@arda.example"),
        sending("own administrator", version=1, superUser=True),
        sending("own administrator", version=1, companies=["own company", "their company"]),
    ],
    "deleteAdministrator": deleting("administrator"),
    "setAdministratorPassword": [sending("their administrator", password="correct horse battery")],
    "exportCompany": finding("company"),
    "exportUser": finding("user"),
    "countCompany": finding("company"),
    "countUser": finding("user"),
    "exportConfiguration": [
        asking(company="their company"),
        asking(company="own company", domain="their domain"),
    ],
    "importConfiguration": [
        sending(company="their company", content=CONFIGURATION),
        sending(company="own company", domain="their domain", content=CONFIGURATION),
    ],
    "eraseUser": [sending("their user", name="alice")],
    "eraseCompany": [sending("their company", name="their name")],
    "listAudit": [asking(), asking(company="their company"), asking(target="their user")],
    "exportAudit": [asking(), asking(company="their company"), asking(target="their user")],
    "listIncidents": [asking(), asking(company="their company")],
    "exportIncidents": [asking(), asking(company="their company")],
    "sendTestMail": [sending(company="their company", to="a@b.example")],
    "acknowledgeIncidents": [sending(incidents=["their incident"])],
    # ---------------------------------------------------------------- links
    "listLinks": listing("domain"),
    "createLink": [
        sending(domain="their domain", name="B", dialect="paper", settings={"host": "x"})
    ],
    "getLink": finding("link"),
    "updateLink": changing("link", name="X"),
    "deleteLink": deleting("link"),
    "getLinkSnippets": finding("link"),
    "listLinkStates": listing("domain"),
    "listTraces": listing(),
    "tailTrace": finding("trace"),
    "downloadTrace": finding("trace"),
    "replayTrace": finding("trace"),
    "endTrace": finding("trace"),
    "deleteTrace": finding("trace"),
    "beginTrialCall": [sending(device="their device", called=NUMBER)],
    "getTrialCall": finding("trial call"),
    "clearTrialCall": finding("trial call"),
    "beginTrace": [sending(link="their link"), sending(link="their link", device=NUMBER)],
    "listDeviceStates": listing("domain"),
    "listCallGaps": listing("domain", "link"),
    # ---------------------------------------------------------------- the server
    "createCompany": [sending(name="New")],
    "startService": finding("service"),
    "stopService": finding("service"),
    "restartService": finding("service"),
    "listBackups": [asking()],
    "listNodes": [asking()],
    "makeBackup": [asking()],
    "cancelBackup": [asking()],
    "downloadBackup": finding("backup"),
    "downloadSupportBundle": [asking()],
    "checkBackup": [Ask("their backup", body={})],
    "deleteBackup": finding("backup"),
    "getBackupSettings": [asking()],
    "setBackupSettings": [sending(version=0, at="02:00", keep=14)],
    "testBackupPlace": [sending(copyTo="/nowhere")],
    "installLicence": [sending(file="x")],
    "removeLicence": [asking()],
    "renewDongle": [asking()],
    "getSyslog": [asking()],
    "setSyslog": [sending(**COLLECTOR)],
    "removeSyslog": [asking()],
    "testSyslog": [sending(**COLLECTOR)],
}

SUPER_USERS_ONLY = {
    *("createCompany", "deleteCompany", "countCompany", "eraseCompany"),
    *("createAdministrator", "updateAdministrator", "deleteAdministrator"),
    *("setAdministratorPassword", "removeAdministratorSecondFactor"),
    *("getAdministratorSecondFactor", "listAdministratorSessions", "listAdministratorPasskeys"),
    *("startService", "stopService", "restartService", "listNodes"),
    *("listBackups", "makeBackup", "cancelBackup", "downloadBackup", "deleteBackup"),
    *("checkBackup", "downloadSupportBundle"),
    *("getBackupSettings", "setBackupSettings", "testBackupPlace"),
    *("installLicence", "removeLicence", "renewDongle"),
    *("getSyslog", "setSyslog", "removeSyslog", "testSyslog"),
}
"What the examples ask of these is refused to administrators who are limited to companies."

NAMES_NOTHING = {
    *("sendContacts", "getHealth", "getInitialisation", "initialise"),
    *("login", "loginAdministrator"),
    *("getPasswordReset", "askPasswordReset", "resetPassword"),
    # Of whichever company: nobody has signed in yet.
    *("loginProviders", "loginWithOpenId", "loginWithOpenIdCallback", "loginWithOpenIdCode"),
    *("loginWindows", "loginWindowsTicket", "loginWithWindows", "loginAdministratorWithWindows"),
    *("loginPasskey", "loginPasskeyOptions", "loginWithPasskey"),
    *("loginAdministratorWithPasskey", "listPasskeys", "beginPasskey", "addPasskey"),
    *("logout", "getSession", "changePassword"),
    *("getSecondFactor", "beginSecondFactor", "confirmSecondFactor", "removeSecondFactor"),
    *("createContactList", "createForwardingRule", "listForwardingRules", "listProfiles"),
    *("getJournalNews", "seeJournal"),
    *("getExternalChat", "setExternalAccount", "deleteExternalAccount", "addExternalContact"),
    *BY_HELPERS,
    *("getPushSubscription", "setPushSubscription", "deletePushSubscription"),
    "listDialects",
    "describeConnectors",
    "describeGrants",
    *("describeCalendarConnectors", "describeSmsConnectors"),
    "listParameters",
    # Of the whole installation, in part: `tests.licences`, `test_services`, `test_doctor`.
    *("getLicences", "listServices", "examine", "renewPushKey"),
    "live",  # another’s stream: `tests.web.live.test_live`
}
