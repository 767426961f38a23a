"""What an administrator adds to Asterisk: generated text, for one link's settings.

The context `cti` has the places where calls are put: on hold, waiting, in a room. The subroutine
`tws-user` rings an extension and obeys its forwardings and its do-not-disturb, which are kept in
Asterisk's own database (families CFU, CFB, CFNA, CFNATIME for all calls; with INT or EXT behind
the name for internal or external ones; DND).
"""

import ipaddress
from collections.abc import Sequence

from tws.links.asterisk.settings import Settings
from tws.telephony.link import Snippet

MARK = "TWS_CALL"
"The channel variable that says to which call a channel belongs, and who holds it."
HOLD, WAIT = "hold", "wait"
CALL, ROOM, AUTO = "call-", "room-", "auto-"
"Extensions of the cti context: the places, and the beginnings of those with an argument."
FORWARDED = "TwsForwarded"
"UserEvent of the subroutine: a call goes elsewhere, or is refused (do not disturb)."
CHANGED = "TwsChanged"
"UserEvent of the feature codes: a phone changed its own settings."
ORIGIN, OUTSIDE = "TWS_ORIGIN", "external"
"The channel variable by which a site says that a call comes from outside."
USER, TELLS_ORIGINS = "tws-user", "origins"
"The subroutine, and the extension in it that says that it obeys forwardings by origin."
ARRIVED = "2"
"The priority at which a channel has arrived: the first is reported before it has moved."
PERMIT_NOBODY = "; fill in the address of that machine:\n;permit=192.0.2.1/32\n"
LIMIT = 7200
"Seconds after which a leg that everybody forgot is hung up."

EVENTS = (
    "AgentCalled",
    "AgentRingNoAnswer",
    "AttendedTransfer",
    "BlindTransfer",
    "BridgeCreate",
    "BridgeDestroy",
    "BridgeEnter",
    "BridgeLeave",
    "BridgeMerge",
    "ChanSpyStart",
    "ChanSpyStop",
    "DeviceStateChange",
    "DialBegin",
    "DialEnd",
    "DialState",
    "FullyBooted",
    "Hangup",
    "Hold",
    "LocalBridge",
    "MessageWaiting",
    "NewCallerid",
    "Newchannel",
    "NewConnectedLine",
    "Newstate",
    "OriginateResponse",
    "ParkedCall",
    "ParkedCallGiveUp",
    "ParkedCallTimeOut",
    "Pickup",
    "QueueCallerAbandon",
    "QueueCallerJoin",
    "QueueCallerLeave",
    "Rename",
    "Shutdown",
    "Unhold",
    "UnParkedCall",
    "UserEvent",
)
"The events that the driver uses, all of Newexten but that of the cti context left out."

READ = ("system", "call", "agent", "user", "dialplan")
WRITE = ("system", "call", "originate", "reporting")


def snippets(settings: Settings, servers: Sequence[str]) -> tuple[Snippet, ...]:
    """Everything to add for this link, each text beneath what its file has already.

    `servers`: the addresses that the manager user is admitted from; none = to be filled in.
    """
    return (
        Snippet("manager.conf", "The manager user of this server", manager(settings, servers)),
        Snippet("extensions.conf", "Places for held and waiting calls, and rooms", cti(settings)),
        Snippet("extensions.conf", "Ringing an extension as its user wishes", user(settings)),
        Snippet("extensions.conf", "Codes to dial on the phone", codes(settings)),
        Snippet("extensions.conf", "An example of use", example(settings)),
    )


def event_filters(settings: Settings) -> tuple[str, ...]:
    """Regular expressions of the events to let through."""
    context = settings.cti_context.replace(".", "[.]")
    names = [f"Event: ({'|'.join(EVENTS[i : i + 10])})[[:cntrl:]]" for i in range(0, 40, 10)]
    return (*names, f"Event: Newexten.*Context: {context}[[:cntrl:]]")


def manager(settings: Settings, servers: Sequence[str]) -> str:
    """manager.conf: a user with the least rights that the operations need.

    `(+)` adds to the section that the file has: of a second one Asterisk reads nothing.
    """
    permits = "".join(f"permit={_alone(server)}\n" for server in servers)
    filters = ""
    if settings.event_filter:
        filters = "".join(f"eventfilter={text}\n" for text in event_filters(settings))
    return f"""\
[general](+)
; the mark by which calls are found again after a restart; where this file has a
; line channelvars= already, add {MARK} to that one instead: the last one counts
channelvars={MARK}

[{settings.user}]
secret={settings.password or "..."}
; only from the machine of this server
deny=0.0.0.0/0
deny=::/0
{permits or PERMIT_NOBODY}read={",".join(READ)}
write={",".join(WRITE)}
writetimeout=5000
{filters}"""


def cti(settings: Settings) -> str:
    """extensions.conf: the places that calls are sent to. No phone can dial them."""
    phone = settings.channel("${EXTEN:5}")
    here = settings.cti_context
    return f"""\
[{here}]
; each place begins with NoOp: at its second step a call has really arrived
; a party on hold
exten => {HOLD},1,NoOp()
 same => n,MusicOnHold(,{LIMIT})
 same => n,Hangup()
; the phone of who holds somebody
exten => {WAIT},1,NoOp()
 same => n,Wait({LIMIT})
 same => n,Hangup()
; a consultation: when it fails or ends, the phone goes on waiting
; (it has what it inherited from an outside caller who rang it, but does not come from outside)
exten => _{CALL}.,1,NoOp()
 same => n,Set({ORIGIN}=)
 same => n,Dial(Local/${{EXTEN:5}}@{settings.context},,g)
 same => n,GotoIf($["${{DIALSTATUS}}" = "ANSWER"]?{WAIT},1)
 same => n,Playtones(busy)
 same => n,Goto({WAIT},1)
; a conference
exten => _{ROOM}.,1,Answer()
 same => n,Set(CONFBRIDGE(user,quiet)=yes)
 same => n,ConfBridge(${{EXTEN:5}})
 same => n,Hangup()
; ring a phone that answers by itself
exten => _{AUTO}.,1,Dial({phone},20,b({here}-auto^s^1))
 same => n,Hangup()

[{here}-auto]
exten => s,1,Set(PJSIP_HEADER(add,Call-Info)=<sip:tws>\\;answer-after=0)
 same => n,Set(PJSIP_HEADER(add,Alert-Info)=<http://tws>\\;info=alert-autoanswer\\;delay=0)
 same => n,Return()
"""


def user(settings: Settings) -> str:
    """extensions.conf: a subroutine in place of Dial, obeying forwardings and do-not-disturb."""
    phone = settings.channel("${ARG1}")
    soon = "Set(LOCAL(soon)=${DB(CFNATIME/${ARG1})})"
    return f"""\
[{USER}]
; Gosub({USER},s,1(extension,seconds,options)) rings an extension; calls that come from
; outside are to have the variable {ORIGIN}, set to {OUTSIDE}, where they come in
exten => {TELLS_ORIGINS},1,NoOp()
exten => s,1,GotoIf($[0${{REDIRECTING(count)}} > 5]?loop)
 same => n,Set(LOCAL(from)=${{IF($["${{{ORIGIN}}}" = "{OUTSIDE}"]?EXT:INT)}})
{_forwarding("CFU")} same => n,Set(LOCAL(why)=cfu)
 same => n,GotoIf($["${{to}}" != ""]?forward)
 same => n,GotoIf($["${{DB(DND/${{ARG1}})}}" = "1"]?quiet)
 same => n,Set(LOCAL(ring)=${{IF($["${{ARG2}}" = ""]?60:${{ARG2}})}})
 same => n,Set(LOCAL(soon)=${{DB(CFNATIME${{from}}/${{ARG1}})}})
 same => n,ExecIf($["${{DB(CFNA${{from}}/${{ARG1}})}}" = ""]?{soon})
 same => n,Set(LOCAL(ring)=${{IF($["${{soon}}" = ""]?${{ring}}:${{soon}})}})
 same => n,Dial({phone},${{ring}},${{ARG3}})
 same => n,GotoIf($["${{DIALSTATUS}}" = "BUSY"]?busy)
 same => n,GotoIf($["${{DIALSTATUS}}" = "NOANSWER"]?unanswered)
 same => n,GotoIf($["${{DIALSTATUS}}" = "CHANUNAVAIL"]?unanswered)
 same => n,Return()
 same => n(quiet),UserEvent({FORWARDED},Device: ${{ARG1}},Why: dnd)
{_forwarding("CFB", "busy")} same => n,Set(LOCAL(why)=cfb)
 same => n,GotoIf($["${{to}}" != ""]?forward)
 same => n,Busy(10)
{_forwarding("CFNA", "unanswered")} same => n,Set(LOCAL(why)=cfnr)
 same => n,GotoIf($["${{to}}" != ""]?forward)
 same => n,Return()
 same => n(forward),UserEvent({FORWARDED},Device: ${{ARG1}},Why: ${{why}},To: ${{to}})
 same => n,Set(REDIRECTING(count,i)=$[0${{REDIRECTING(count)}} + 1])
 same => n,Set(REDIRECTING(reason,i)=${{why}})
 same => n,Set(REDIRECTING(from-num,i)=${{ARG1}})
 same => n,Set(REDIRECTING(to-num)=${{to}})
 same => n,Set(GOTO_TWS=${{to}})
 same => n,StackPop()
 same => n,Goto({settings.context},${{GOTO_TWS}},1)
 same => n(loop),Congestion(10)
"""


def _forwarding(family: str, label: str = "") -> str:
    """Steps that set `to`: for calls of this origin, or else for all."""
    step = f"n({label})" if label else "n"
    return (
        f" same => {step},Set(LOCAL(to)=${{DB({family}${{from}}/${{ARG1}})}})\n"
        f' same => n,ExecIf($["${{to}}" = ""]?Set(LOCAL(to)=${{DB({family}/${{ARG1}})}}))\n'
    )


def codes(settings: Settings) -> str:
    """extensions.conf: a phone's own switches; `include => tws-codes` where phones dial."""

    def changed(what: str) -> str:
        return f"UserEvent({CHANGED},Device: ${{CALLERID(num)}},What: {what})"

    def done(what: str) -> str:
        return f" same => n,{changed(what)}\n same => n,Playback(beep)\n same => n,Hangup()\n"

    me = "${CALLERID(num)}"
    return (
        "[tws-codes]\n"
        "; do not disturb: *78 on, *79 off\n"
        "exten => *78,1,Answer()\n"
        f" same => n,Set(DB(DND/{me})=1)\n"
        f" same => n,Set(DEVICE_STATE(Custom:DND{me})=BUSY)\n"
        + done("DND")
        + "exten => *79,1,Answer()\n"
        f" same => n,Set(gone=${{DB_DELETE(DND/{me})}})\n"
        f" same => n,Set(DEVICE_STATE(Custom:DND{me})=NOT_INUSE)\n"
        + done("DND")
        + "; forward everything: *72 and the number; *73 no more\n"
        "exten => _*72X.,1,Answer()\n"
        f" same => n,Set(DB(CFU/{me})=${{EXTEN:3}})\n" + done("CFU") + "exten => *73,1,Answer()\n"
        f" same => n,Set(gone=${{DB_DELETE(CFU/{me})}})\n" + done("CFU")
    )


def example(settings: Settings) -> str:
    """extensions.conf: how an ordinary context uses the parts above, for extensions 1000-1099.

    All of it is comments: the context is the site's own, and is there already.
    """
    phone = settings.channel("${EXTEN}")
    return f"""\
; [{settings.context}]
; include => tws-codes
; exten => _10XX,1,Gosub({USER},s,1(${{EXTEN}},30))
;  same => n,Hangup()
; [from-trunk]
; exten => _10XX,1,Set(__{ORIGIN}={OUTSIDE})
;  same => n,Goto({settings.context},${{EXTEN}},1)
; lamps: busy while in a call or not to be disturbed
; [{settings.context}]
; exten => _10XX,hint,{phone}&Custom:DND${{EXTEN}}
"""


def _alone(server: str) -> str:
    """The network of that address alone; ValueError where it is none."""
    return str(ipaddress.ip_network(server))
