"""The configuration of the Asterisk of the tests: an ordinary small PBX, plus what TWS asks for.

The parts of TWS come from `tws.links.asterisk.dialplan`, word for word, each beneath what its file
has already, as an administrator would paste them; the rest is what any site has.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.peers.debian import Root
from tws.links.asterisk import dialplan
from tws.links.asterisk.settings import Settings

UNUSED = """
    app_adsiprog app_alarmreceiver app_amd app_festival app_getcpeid app_jack app_meetme
    app_minivm app_sms app_zapateller app_voicemail_imap app_voicemail_odbc
    cdr_adaptive_odbc cdr_custom cdr_odbc cdr_pgsql cdr_radius cdr_sqlite3_custom cdr_syslog
    cdr_tds cel_custom cel_odbc cel_pgsql cel_radius cel_sqlite3_custom cel_tds cel_manager
    cdr_manager chan_alsa chan_console chan_dahdi chan_iax2 chan_mgcp chan_mobile chan_motif
    chan_oss chan_sip chan_skinny chan_unistim func_odbc pbx_ael pbx_dundi pbx_lua pbx_realtime
    res_adsi res_aeap res_ael_share res_calendar res_calendar_caldav res_calendar_ews
    res_calendar_exchange res_calendar_icalendar res_config_curl res_config_ldap
    res_config_odbc res_config_pgsql res_config_sqlite3 res_fax res_fax_spandsp
    res_geolocation res_hep res_hep_pjsip res_hep_rtcp res_odbc res_odbc_transaction
    res_phoneprov res_pjsip_config_wizard res_pjsip_geolocation
    res_pjsip_phoneprov_provider res_pjsip_stir_shaken res_pjsip_t38 res_prometheus
    res_resolver_unbound res_smdi res_snmp res_speech_aeap res_statsd res_stir_shaken
    res_stun_monitor res_timing_dahdi res_xmpp
""".split()
EMPTY = (
    "acl agents ari ccss cel chan_websocket cli_aliases followme pjproject res_http_media_cache "
    "udptl websocket_client"
)


@dataclass(frozen=True)
class Ports:
    sip: int
    ami: int
    ami_tls: int
    rtp_first: int
    rtp_last: int
    trunk: int
    "Where the carrier of the site is: calls to 0... go there."
    outside: range
    "Where the carrier's callers speak from."


def accounts(count: int = 12) -> list[str]:
    return [str(1001 + n) for n in range(count)]


def password(number: str) -> str:
    return f"pw{number}"


def write(folder: Path, root: Root, ports: Ports, settings: Settings, certificate: Path) -> None:
    """Every file that Asterisk reads, under `folder`."""
    for name in ("etc", "var", "spool/voicemail", "log/cdr-csv", "run", "keys/keys", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    files = {
        "asterisk.conf": _asterisk(folder, root),
        "modules.conf": "[modules]\nautoload = yes\n"
        + "".join(f"noload = {module}.so\n" for module in UNUSED),
        "logger.conf": "[logfiles]\nmessages => notice,warning,error,verbose(3)\n",
        "http.conf": "[general]\nenabled=no\n",
        "manager.conf": _manager(ports, settings, certificate),
        "cdr.conf": "[general]\nenable=yes\nunanswered=yes\n[csv]\nloguniqueid=yes\n",
        "rtp.conf": f"[general]\nrtpstart={ports.rtp_first}\nrtpend={ports.rtp_last}\n"
        "strictrtp=no\nicesupport=no\n",
        "indications.conf": "[general]\ncountry=fr\n[fr]\ndescription=France\n"
        "ringcadence=1500,3500\ndial=440\nbusy=440/500,0/500\nring=440/1500,0/3500\ncongestion=440/250,0/250\n",
        "musiconhold.conf": "[default]\nmode=files\ndirectory="
        f"{root.path}/usr/share/asterisk/moh\n",
        "res_parking.conf": "[general]\n[default]\nparkext=>7700\nparkpos=>7701-7720\n"
        "context=>parked\nparkingtime=>60\n",
        "features.conf": "[general]\n",
        "confbridge.conf": "[general]\n",
        "queues.conf": "[general]\nautofill=yes\n[support]\nstrategy=rrmemory\ntimeout=10\n"
        "retry=1\njoinempty=yes\nmember => PJSIP/1006,0,Agent,PJSIP/1006\n",
        "voicemail.conf": "[general]\nformat=wav\nminsecs=1\n[default]\n"
        + "".join(f"{n} => {n},User {n}\n" for n in accounts()),
        "pjsip_notify.conf": "",
        "pjsip.conf": _pjsip(ports),
        "extensions.conf": _extensions(settings),
        **{f"{name}.conf": "" for name in EMPTY.split()},
    }
    for name, text in files.items():
        (folder / "etc" / name).write_text(text)


def _asterisk(folder: Path, root: Root) -> str:
    candidates = (root.libraries / "asterisk/modules", root.path / "usr/lib/asterisk/modules")
    modules = next(path for path in candidates if path.is_dir())
    data = root.path / "usr/share/asterisk"
    return f"""\
[directories]
astetcdir => {folder}/etc
astmoddir => {modules}
astvarlibdir => {folder}/var
astdbdir => {folder}/var
astkeydir => {folder}/keys
astdatadir => {data}
astagidir => {folder}/var
astspooldir => {folder}/spool
astrundir => {folder}/run
astlogdir => {folder}/log
astcachedir => {folder}/cache
astsbindir => {root.path}/usr/sbin
[options]
nocolor = yes
defaultlanguage = en
"""


def _manager(ports: Ports, settings: Settings, certificate: Path) -> str:
    return f"""\
[general]
enabled=yes
bindaddr=127.0.0.1
port={ports.ami}
tlsenable=yes
tlsbindaddr=127.0.0.1:{ports.ami_tls}
tlscertfile={certificate}
tlsprivatekey={certificate}.key

[watcher]
secret=watch
read=all
write=all

{dialplan.manager(settings, ["127.0.0.1"])}"""


def _pjsip(ports: Ports) -> str:
    text = f"""\
[global]
type=global
endpoint_identifier_order=username,auth_username,ip
[udp]
type=transport
protocol=udp
bind=127.0.0.1:{ports.sip}
[tcp]
type=transport
protocol=tcp
bind=127.0.0.1:{ports.sip}
[media](!)
type=endpoint
disallow=all
allow=alaw,ulaw
direct_media=no
media_address=127.0.0.1
bind_rtp_to_media_address=yes
rtp_symmetric=yes
send_pai=yes
send_diversion=yes
[phone](!,media)
context=internal
dtmf_mode=auto
allow_transfer=yes
trust_id_inbound=yes
call_group=1
pickup_group=1
force_rport=yes
rewrite_contact=yes
[auth](!)
type=auth
auth_type=userpass
[aor](!)
type=aor
max_contacts=1
remove_existing=yes
minimum_expiration=10
default_expiration=300
[trunk](media)
context=from-trunk
aors=trunk
trust_id_inbound=yes
[trunk]
type=aor
contact=sip:127.0.0.1:{ports.trunk}
[trunk]
type=identify
endpoint=trunk
match=127.0.0.1
"""
    for n in accounts():
        text += (
            f'[{n}](phone)\nauth={n}\naors={n}\ncallerid="User {n}" <{n}>\n'
            f"[{n}](auth)\nusername={n}\npassword={password(n)}\n[{n}](aor)\n"
        )
    return text


def _extensions(settings: Settings) -> str:
    ours = "\n".join(
        part.text for part in dialplan.snippets(settings, []) if part.file == "extensions.conf"
    )
    hints = "".join(f"exten => {n},hint,PJSIP/{n}&Custom:DND{n}\n" for n in accounts())
    return f"""\
[general]
static=yes
writeprotect=no
[internal]
include => hints
include => tws-codes
include => parked
include => services
exten => _10XX,1,Gosub(tws-user,s,1(${{EXTEN}},20))
 same => n,Hangup()
; the same extensions, rung by a dialplan that knows nothing of TWS
exten => _210XX,1,Dial(PJSIP/${{EXTEN:1}},20)
; and through a Local channel, which Asterisk takes out of the way after the answer
exten => _310XX,1,Dial(Local/${{EXTEN:1}}@internal,20)
 same => n,Hangup()
; two phones at once
exten => 1090,1,Dial(PJSIP/1002&PJSIP/1003,20)
 same => n,Hangup()
exten => _0ZXXXXXXXX,1,Dial(PJSIP/${{EXTEN}}@trunk,60)
 same => n,Hangup()
[hints]
{hints}
[from-trunk]
exten => _10XX,1,Set(__{dialplan.ORIGIN}={dialplan.OUTSIDE})
 same => n,Gosub(tws-user,s,1(${{EXTEN}},20))
 same => n,Hangup()
[services]
exten => 6000,1,Answer()
 same => n,Queue(support)
 same => n,Hangup()
exten => _8XXX,1,Answer()
 same => n,ConfBridge(${{EXTEN}})
exten => 9196,1,Answer()
 same => n,Echo()
exten => 9197,1,Busy(10)
exten => 9198,1,Answer()
 same => n,VoiceMail(1005@default,s)
exten => _*91XXXX,1,Answer()
 same => n,VoiceMail(${{EXTEN:3}}@default,s)
exten => _*810XX,1,PickupChan(PJSIP/${{EXTEN:2}},p)
 same => n,Hangup()
[parked]
{ours}
"""
