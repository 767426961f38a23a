"""The process behind `tests.peers.phones`: SIP phones made with pjsua2, told what to do by lines.

A line in: {"id": 1, "do": "dial", "phone": "1001", ...}. Lines out: {"id": 1, "ok": result} or
{"id": 1, "error": words}, and {"phone": ..., "event": ...} whenever something happens. Every phone
speaks with a tone of its own and records what it hears, as raw 8 kHz samples after 44 bytes.
"""

import faulthandler
import json
import os
import re
import selectors
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pjsua2 as pj

ANSWER_AFTER = re.compile(r"answer-after\s*=\s*0", re.IGNORECASE)
SESSION_TERMINATED = 171140
"PJSIP_ESESSIONTERMINATED."
STATES = {
    pj.PJSIP_INV_STATE_CALLING: "calling",
    pj.PJSIP_INV_STATE_INCOMING: "ringing",
    pj.PJSIP_INV_STATE_EARLY: "early",
    pj.PJSIP_INV_STATE_CONNECTING: "connecting",
    pj.PJSIP_INV_STATE_CONFIRMED: "confirmed",
    pj.PJSIP_INV_STATE_DISCONNECTED: "gone",
}


OUT = os.fdopen(os.dup(1), "w", buffering=1)
"Where our lines go: pjsua2 writes a few of its own to the standard output before it can be told."
os.dup2(2, 1)


def say(**line: object) -> None:
    OUT.write(json.dumps(line) + "\n")


class PhoneCall(pj.Call):  # type: ignore[misc]  # pjsua2 has no types
    def __init__(self, phone: "Phone", number: int, pj_id: int = pj.PJSUA_INVALID_ID) -> None:
        super().__init__(phone, pj_id)
        self.phone, self.number = phone, number
        self.tone: pj.ToneGenerator | None = None
        self.recorder: pj.AudioMediaRecorder | None = None
        self.held = False
        self.incoming = pj_id != pj.PJSUA_INVALID_ID

    def tell(self, **more: object) -> None:
        say(phone=self.phone.user, call=self.number, **more)

    def onCallState(self, _: Any) -> None:
        info = self.getInfo()
        state = STATES.get(info.state, "calling")
        if state == "early" and self.incoming:
            state = "ringing"
        self.tell(
            event="state",
            state=state,
            remote=info.remoteUri,
            code=info.lastStatusCode,
            reason=info.lastReason,
            incoming=self.incoming,
        )
        if state == "gone":
            self.phone.calls.pop(self.number, None)
            self.phone.line.gone.append(self)  # freed outside of its own callback

    def onCallMediaState(self, _: Any) -> None:
        info = self.getInfo()  # kept: the list below is a part of it
        for index, media in enumerate(info.media):
            if media.type != pj.PJMEDIA_TYPE_AUDIO:
                continue
            self.tell(event="media", status=int(media.status), held=self.held)
            if media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                self._connect(self.getAudioMedia(index))

    def _connect(self, audio: Any) -> None:
        if self.tone is None:
            self.tone = pj.ToneGenerator()
            self.tone.createToneGenerator(8000, 1)
            tone = pj.ToneDesc()
            tone.freq1, tone.freq2, tone.on_msec, tone.off_msec = self.phone.tone, 0, 1000, 0
            tones = pj.ToneDescVector()
            tones.append(tone)
            self.tone.play(tones, True)
            self.recorder = pj.AudioMediaRecorder()
            path = self.phone.line.folder / f"{self.phone.user}-{self.number}.wav"
            self.recorder.createRecorder(str(path))
            self.tell(event="recording", path=str(path))
        self.tone.startTransmit(audio)
        audio.startTransmit(self.recorder)

    def onDtmfDigit(self, digit: Any) -> None:
        self.tell(event="digit", digit=digit.digit)

    def onCallTsxState(self, change: Any) -> None:
        """In-dialogue NOTIFY `talk` or `hold`: presses the button, as on a desk phone."""
        event = change.e
        if event.type != pj.PJSIP_EVENT_TSX_STATE or (
            event.body.tsxState.type != pj.PJSIP_EVENT_RX_MSG
        ):
            return
        message = event.body.tsxState.src.rdata.wholeMsg
        if not message.startswith("NOTIFY "):
            return
        found = re.search(r"^(?:Event|o)\s*:\s*(\w+)", message, re.MULTILINE | re.IGNORECASE)
        if found and self.phone.obeys:
            self.phone.line.todo.append(lambda: self.obey(found[1].lower()))

    def obey(self, word: str) -> None:
        self.tell(event="notify", word=word)
        if word == "talk" and self.getInfo().state in (
            pj.PJSIP_INV_STATE_INCOMING,
            pj.PJSIP_INV_STATE_EARLY,
        ):
            self.phone.answer(self)
        elif word == "talk" and self.held:
            self.phone.resume(self)
        elif word == "hold" and not self.held:
            self.phone.hold(self)

    def onCallTransferRequest(self, _: Any) -> None:
        self.tell(event="transferRequest")

    def onCallTransferStatus(self, prm: Any) -> None:
        self.tell(event="transferStatus", code=prm.statusCode, final=prm.finalNotify)
        if prm.finalNotify and prm.statusCode == 200:
            prm.cont = False
            self.phone.line.todo.append(lambda: self.hangup(pj.CallOpParam(True)))


class Phone(pj.Account):  # type: ignore[misc]  # pjsua2 has no types
    def __init__(self, line: "Switchboard", user: str, tone: int, obeys: bool) -> None:
        super().__init__()
        self.line, self.user, self.tone, self.obeys = line, user, tone, obeys
        self.calls: dict[int, PhoneCall] = {}
        self.auto_answer = False
        self.refuse: int | None = None
        self.last = 0

    def onRegState(self, prm: Any) -> None:
        say(phone=self.user, event="registered", code=prm.code, active=self.getInfo().regIsActive)

    def onIncomingCall(self, prm: Any) -> None:
        self.last += 1
        call = PhoneCall(self, self.last, prm.callId)
        self.calls[call.number] = call
        message = prm.rdata.wholeMsg
        call.tell(event="incoming", message=message, remote=call.getInfo().remoteUri)
        if self.refuse:
            return self.reply(call, self.refuse)
        self.reply(call, 180)
        if self.auto_answer or ANSWER_AFTER.search(message):
            self.line.todo.append(lambda: self.answer(call))

    def reply(self, call: PhoneCall, code: int) -> None:
        prm = pj.CallOpParam()
        prm.statusCode = code
        call.answer(prm)

    def answer(self, call: PhoneCall) -> None:
        for other in self.calls.values():
            active = other.getInfo().state == pj.PJSIP_INV_STATE_CONFIRMED
            if other is not call and active and not other.held:
                self.line.later(partial(self.hold, other))  # one ear; unless it ends just now
        self.reply(call, 200)

    def hold(self, call: PhoneCall) -> None:
        call.held = True
        call.setHold(pj.CallOpParam(True))

    def resume(self, call: PhoneCall) -> None:
        call.held = False
        prm = pj.CallOpParam(True)
        prm.opt.flag = pj.PJSUA_CALL_UNHOLD
        call.reinvite(prm)


class Switchboard:
    """The phones of one process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.phones: dict[str, Phone] = {}
        self.gone: list[PhoneCall] = []
        self.todo: list[Callable[[], None]] = []
        self.again: list[Callable[[], None]] = []
        self.registrar = ""
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        config = pj.EpConfig()
        config.uaConfig.threadCnt = 0
        config.uaConfig.mainThreadOnly = True
        config.uaConfig.maxCalls = 30
        config.logConfig.level = 0
        config.logConfig.consoleLevel = 0
        config.medConfig.clockRate = config.medConfig.sndClockRate = 8000
        config.medConfig.noVad = True
        config.medConfig.ecTailLen = 0
        self.endpoint.libInit(config)
        transport = pj.TransportConfig()
        transport.port = 0
        transport.boundAddress = "127.0.0.1"
        self.endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
        self.endpoint.libStart()
        self.endpoint.audDevManager().setNullDev()
        for codec in self.endpoint.codecEnum2():
            wanted = codec.codecId.startswith("PCMA/")
            self.endpoint.codecSetPriority(codec.codecId, 255 if wanted else 0)

    # what can be asked for: each method is a word of the protocol

    def do_phone(
        self, user: str, password: str, registrar: str, tone: int, obeys: bool = True
    ) -> None:
        phone = Phone(self, user, tone, obeys)
        self.registrar = registrar
        config = pj.AccountConfig()
        config.idUri = f"sip:{user}@{registrar}"
        config.regConfig.registrarUri = f"sip:{registrar}"
        config.regConfig.timeoutSec = 300
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, password))
        config.mediaConfig.transportConfig.port = 0
        config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_INACTIVE
        config.natConfig.contactRewriteUse = 0
        phone.create(config)
        self.phones[user] = phone

    def do_register(self, phone: str, on: bool) -> None:
        self.phones[phone].setRegistration(on)

    def do_dial(self, phone: str, to: str) -> int:
        account = self.phones[phone]
        account.last += 1
        call = PhoneCall(account, account.last)
        account.calls[call.number] = call
        call.makeCall(f"sip:{to}@{self.registrar}", pj.CallOpParam(True))
        return call.number

    def do_answer(self, phone: str, call: int) -> None:
        self.phones[phone].answer(self.phones[phone].calls[call])

    def do_reply(self, phone: str, call: int, code: int) -> None:
        self.phones[phone].reply(self.phones[phone].calls[call], code)

    def do_hang_up(self, phone: str, call: int) -> None:
        """Nothing, when the call has just ended by itself."""
        if over := self.phones[phone].calls.get(call):
            self.later(partial(over.hangup, pj.CallOpParam(True)))

    def do_hold(self, phone: str, call: int) -> None:
        self.later(partial(self.phones[phone].hold, self.phones[phone].calls[call]))

    def do_resume(self, phone: str, call: int) -> None:
        self.later(partial(self.phones[phone].resume, self.phones[phone].calls[call]))

    def do_digits(self, phone: str, call: int, digits: str) -> None:
        self.phones[phone].calls[call].dialDtmf(digits)

    def do_transfer(self, phone: str, call: int, to: str) -> None:
        """Blind: REFER."""
        target = f"<sip:{to}@{self.registrar}>"
        talking = self.phones[phone].calls[call]
        self.later(partial(talking.xfer, target, pj.CallOpParam(True)))

    def do_transfer_to_call(self, phone: str, call: int, other: int) -> None:
        """Attended: REFER with Replaces."""
        calls = self.phones[phone].calls
        self.later(partial(calls[call].xferReplaces, calls[other], pj.CallOpParam(True)))

    def do_set(self, phone: str, auto_answer: bool = False, refuse: int | None = None) -> None:
        self.phones[phone].auto_answer = auto_answer
        self.phones[phone].refuse = refuse

    def run(self) -> None:
        """Serve lines until the input ends."""
        waiting = selectors.DefaultSelector()
        waiting.register(sys.stdin.fileno(), selectors.EVENT_READ)
        buffer = b""
        while True:
            self.endpoint.libHandleEvents(5)
            again, self.again = self.again, []
            for action in again:
                action()
            while self.todo:
                self.later(self.todo.pop(0))
            self.gone.clear()
            if not waiting.select(0):
                continue
            data = os.read(sys.stdin.fileno(), 65536)
            if not data:
                return
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                self.serve(json.loads(line))

    def later(self, action: Callable[[], None], tries: int = 40) -> None:
        """Do it, and again while another change of the same call is under way."""
        try:
            action()
        except pj.Error as error:
            sys.stderr.write(f"{error.title}: {error.reason}\n")
            if tries and error.status != SESSION_TERMINATED:
                self.again.append(lambda: self.later(action, tries - 1))

    def serve(self, request: dict[str, Any]) -> None:
        number, word = request.pop("id"), request.pop("do")
        try:
            say(id=number, ok=getattr(self, f"do_{word}")(**request))
        except pj.Error as error:
            say(id=number, error=f"{error.title}: {error.reason}")
        except KeyError as error:
            say(id=number, error=f"no such phone or call: {error}")


if __name__ == "__main__":
    faulthandler.enable()
    Switchboard(Path(sys.argv[1])).run()
    os._exit(0)  # pjsua2's own ending may crash once Python objects are gone
