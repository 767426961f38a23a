import {
  ArrowUpRight,
  Grid3x3,
  MessageSquare,
  Pause,
  Phone,
  PhoneOff,
  Play,
  SquareParking,
  UserPlus,
  UserRoundPlus,
} from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call, Party } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { pieces } from "../../shared/ui/useKeptFocus.ts";
import { later } from "../../shared/later.ts";
import { spotOf, usePhone, useSpot } from "../phone/Phone.tsx";
import { useOwnPlaces } from "../search/useOwnPlaces.ts";
import { useView } from "../view.tsx";
import { Badge } from "../chat/Unread.tsx";
import { useCallChat, useUnseen } from "../chat/useCallChat.ts";
import { Act } from "./Act.tsx";
import { CallFace } from "./CallFace.tsx";
import classes from "./Calls.module.css";
import { forgetDrop, useCarry, useDropped } from "./carry.ts";
import { Digits } from "./Digits.tsx";
import { isRinging } from "./group.ts";
import { callProblem } from "./problem.ts";
import { MoveCall } from "./MoveCall.tsx";
import { SendPanel } from "./SendPanel.tsx";
import { ShowPop } from "./ShowPop.tsx";
import { useCallActions } from "./useCallActions.ts";
import type { Purpose } from "./ways.ts";

const CallChat = later(() => import("../chat/CallChat.tsx"), "CallChat");

type Panel = Purpose | "digits" | "chat" | null;

/** One call, one row, with what may be done with it now and nothing else. */
export function CallRow({ call, onShow }: { call: Call; onShow?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [chosen, setPanel] = useState<Panel>(null);
  const carry = useCarry(call);
  const dropped = useDropped(call);
  const panel = dropped ? "transfer" : chosen;
  const chat = useCallChat(call);
  const unseen = useUnseen(chat.messages, panel === "chat");
  const open = (which: Panel) => {
    forgetDrop();
    setPanel(panel === which ? null : which);
  };
  return (
    <article
      className={classes.row}
      {...pieces(call.connection)}
      data-held={call.state === "hold" || undefined}
      draggable={carry.possible}
      onDragStart={carry.onDragStart}
    >
      <CallFace call={call} />
      <Buttons call={call} panel={panel} onPanel={open} onShow={onShow}>
        {chat.there && (
          <Act
            icon={MessageSquare}
            words={t("caller.chat.messages")}
            pressed={panel === "chat"}
            onAct={() => open("chat")}
          />
        )}
        <Badge count={unseen} />
      </Buttons>
      {(panel === "transfer" || panel === "add" || panel === "deflect") && (
        <SendPanel
          key={panel + (dropped?.number ?? "")}
          call={call}
          purpose={panel}
          person={dropped}
          onClose={() => open(null)}
        />
      )}
      {panel === "digits" && <Digits call={call} onClose={() => setPanel(null)} />}
      {panel === "chat" && chat.there && (
        <Suspense>
          <CallChat call={call} messages={chat.messages} onSent={chat.add} />
        </Suspense>
      )}
      <Refusal call={call} />
    </article>
  );
}

/** What the PBX refused, said on the row it was asked on. */
export function Refusal({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { desk } = usePhone();
  const { problem } = useSpot(spotOf(call));
  if (!problem) return null;
  return (
    <ProblemLine
      problem={problem}
      words={callProblem(t, problem)}
      onClose={() => desk.forgive(spotOf(call))}
    />
  );
}

/** As people write it: what the PBX says may begin with its own outside-line digits. */
function shownNumber(party: Party): string {
  return party.display ?? party.number ?? "";
}

type ButtonsProps = {
  call: Call;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  onShow: (() => void) | undefined;
  /** More buttons. */
  children: React.ReactNode;
};

function Buttons({ call, panel, onPanel, onShow, children }: ButtonsProps) {
  const { t } = useTranslation();
  const { select } = useView();
  const { can, ways, doing, disabled, act } = useCallActions(call);
  const at = { connection: call.connection };
  const ringing = isRinging(call);
  const possible = (purpose: Purpose) => ways(purpose).now !== null || ways(purpose).ask;
  const stranger = call.parties.length === 1 ? call.parties[0] : undefined;
  const mayWrite = useOwnPlaces().length > 0;
  return (
    <div className={classes.actions}>
      <div className={classes.others}>
        {ringing && onShow && <Act icon={Phone} words={t("caller.act.show")} onAct={onShow} />}
        {can("answerCall") && (
          <Act
            icon={Phone}
            words={t(ringing ? "caller.act.answer" : "caller.act.lift")}
            main
            disabled={disabled}
            doing={doing === "answerCall"}
            onAct={() => act("answerCall", at)}
          />
        )}
        {can("retrieveCall") && (
          <Act
            icon={Play}
            words={t("caller.act.retrieve")}
            main
            disabled={disabled}
            doing={doing === "retrieveCall"}
            onAct={() => act("retrieveCall", at)}
          />
        )}
        {can("holdCall") && (
          <Act
            icon={Pause}
            words={t("caller.act.hold")}
            disabled={disabled}
            doing={doing === "holdCall"}
            onAct={() => act("holdCall", at)}
          />
        )}
        {possible("transfer") && (
          <Act
            icon={ArrowUpRight}
            words={t("caller.act.transfer")}
            pressed={panel === "transfer"}
            disabled={disabled}
            onAct={() => onPanel("transfer")}
          />
        )}
        {possible("add") && (
          <Act
            icon={UserPlus}
            words={t("caller.act.add")}
            pressed={panel === "add"}
            disabled={disabled}
            onAct={() => onPanel("add")}
          />
        )}
        <MoveCall call={call} />
        {can("deflectCall") && (
          <Act
            icon={ArrowUpRight}
            words={t("caller.act.deflect")}
            pressed={panel === "deflect"}
            disabled={disabled}
            onAct={() => onPanel("deflect")}
          />
        )}
        {can("generateDigits") && (
          <Act
            icon={Grid3x3}
            words={t("caller.act.digits")}
            pressed={panel === "digits"}
            disabled={disabled}
            onAct={() => onPanel("digits")}
          />
        )}
        {can("parkCall") && (
          <Act
            icon={SquareParking}
            words={t("caller.act.park")}
            disabled={disabled}
            doing={doing === "parkCall"}
            onAct={() => act("parkCall", at)}
          />
        )}
        {children}
        <ShowPop call={call} />
        {stranger?.number && !stranger.contact && mayWrite && (
          <Act
            icon={UserRoundPlus}
            words={t("caller.act.create")}
            quiet
            onAct={() =>
              select({ show: "create", number: shownNumber(stranger), name: stranger.name ?? "" })
            }
          />
        )}
      </div>
      {can("clearConnection") && (
        <Act
          icon={PhoneOff}
          words={t(ringing ? "caller.act.reject" : "caller.act.end")}
          end
          disabled={disabled}
          doing={doing === "clearConnection"}
          onAct={() => act("clearConnection", at)}
        />
      )}
    </div>
  );
}
