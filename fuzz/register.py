"""All targets, by name: where each stands, and which modules are watched while it runs."""

import importlib
from dataclasses import dataclass

from fuzz.target import Target


@dataclass(frozen=True, slots=True)
class Place:
    """`module` has the target as an attribute of its name, in capitals."""

    module: str
    watched: tuple[str, ...]
    "Prefixes of the modules whose edges are counted; all else runs at full speed."


def _of(module: str, **targets: str) -> dict[str, Place]:
    where = f"fuzz.targets.{module}"
    return {name: Place(where, tuple(watched.split())) for name, watched in targets.items()}


TARGETS: dict[str, Place] = {
    **_of(
        "csta",
        csta_framing="tws.protocols.csta",
        csta_message="tws.protocols.csta",
        csta_driver="tws.links.csta_xml tws.protocols.csta",
    ),
    **_of(
        "ami",
        ami_reader="tws.protocols.ami",
        ami_session="tws.protocols.ami",
        asterisk_driver="tws.links.asterisk tws.protocols.ami",
    ),
    **_of(
        "ldap",
        ldap_answers="tws.protocols.ldap tws.connectors.ldap",
        ldap_filter="tws.protocols.ldap",
    ),
    **_of(
        "scim",
        scim_filter="tws.protocols.scim",
        scim_path="tws.protocols.scim",
        scim_patch="tws.protocols.scim",
    ),
    **_of(
        "text_messages",
        smpp_session="tws.protocols.smpp",
        smpp_message="tws.protocols.smpp",
        sms_text="tws.protocols.sms",
    ),
    **_of("soap", soap_service="tws.connectors.sms.soap zeep.wsdl zeep.xsd"),
    **_of(
        "signing_in",
        ntlm_message="tws.protocols.ntlm",
        keytab="tws.connectors.windows.keytab",
        id_token="tws.connectors.openid",
    ),
    **_of(
        "passkeys",
        passkey_created="tws.protocols.webauthn fido2",
        passkey_used="tws.protocols.webauthn fido2",
    ),
    **_of(
        "numbers",
        number_typed="tws.numbering",
        number_heard="tws.numbering",
        dial_rule="tws.numbering",
        expression="tws.numbering",
        dial_sheet="tws.numbering.sheets tws.spreadsheets",
    ),
    **_of(
        "templates",
        alerter_template="tws.alerter",
        alerter_tokens="tws.alerter",
        connection_string="tws.connectors.databases.connection_strings",
        mapping_field="tws.directory.mapping tws.numbering.expressions",
        sms_template="tws.connectors.sms.templates",
        configuration_file="tws.templates.file",
    ),
    **_of(
        "files",
        csv_file="tws.connectors.files tws.directory",
        csv_cell="tws.spreadsheets tws.connectors.files",
        vcard_file="tws.protocols.vcard tws.connectors.files tws.directory",
        excel_file="tws.connectors.files tws.connectors.processes tws.directory.cards",
    ),
    **_of("pictures", picture="tws.connectors.pictures PIL"),
    **_of(
        "sources",
        json_answer="tws.connectors.http",
        calendar_json="tws.connectors.google tws.connectors.office365",
        webdav_answer="tws.connectors.dav tws.connectors.http",
        ews_answer="tws.connectors.exchange tws.connectors.http",
        xmpp_stanza="tws.connectors.xmpp tws.messaging.external.addresses",
        icalendar="tws.connectors.calendars icalendar",
    ),
    **_of(
        "kept",
        licence_file="tws.licences",
        backup_file="tws.maintenance.backups",
        trace_file="tws.maintenance.traces",
        spool_file="tws.journal.spool",
        syslog_line="tws.protocols.syslog",
        cluster_wire="tws.cluster.asked",
    ),
    **_of(
        "nodes",
        link_told="tws.cluster tws.telephony.told_link tws.telephony.told_calls",
        node_news="tws.cluster",
        node_parts="tws.cluster.parts",
        node_request="tws.cluster.between",
    ),
    **_of(
        "browsers",
        push_subscription="tws.push.subscriptions tws.push.keys tws.connectors.web_push",
        desk_stream="tws.desktop.websocket",
    ),
    **_of(
        "web",
        live_client="tws.web.websocket",
        http_headers="tws.web.identity tws.web.negotiate",
        search_text="tws.directory.text tws.directory.typing_errors",
    ),
}


def target(name: str) -> Target:
    """KeyError for one that is not there."""
    found = getattr(importlib.import_module(TARGETS[name].module), name.upper())
    assert isinstance(found, Target)
    return found
