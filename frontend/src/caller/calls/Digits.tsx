import { CloseButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../shared/api/key.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { order } from "../../shared/api/telephony.ts";
import type { Call, Problem } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Keys } from "../keypad/Keys.tsx";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./Calls.module.css";

const KEYS = /^[0-9*#A-D]$/i;

/** Tones for whoever is at the other end: by mouse, by finger, or typed. Sent one by one, in order. */
export function Digits({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation();
  const { current } = usePhone();
  const [sent, setSent] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const queue = useRef(Promise.resolve());
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);

  const send = (digit: string) => {
    if (!current) return;
    const told = { connection: call.connection, digits: digit };
    queue.current = queue.current.then(async () => {
      try {
        await order("generateDigits", call.device, told, newKey());
        setSent((before) => before + digit);
        setProblem(null);
      } catch (error) {
        setProblem(problemOf(error));
      }
    });
  };
  return (
    <fieldset
      ref={panel}
      className={classes.digits}
      tabIndex={-1}
      aria-label={t("caller.panel.digits")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        else if (KEYS.test(event.key) && !event.ctrlKey && !event.metaKey) {
          send(event.key.toUpperCase());
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div className={classes.digitsHead}>
        <span className="number" role="status">
          {sent ? t("caller.panel.sent", { digits: sent }) : t("caller.panel.digits")}
        </span>
        <CloseButton size="sm" aria-label={t("close")} onClick={onClose} />
      </div>
      <Keys onKey={send} disabled={!current} />
      {problem && <ProblemLine problem={problem} onClose={() => setProblem(null)} />}
    </fieldset>
  );
}
