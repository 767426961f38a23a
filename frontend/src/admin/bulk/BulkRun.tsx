import { Button, Group, Modal } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemWords, whyWords } from "../../shared/i18n/problem.ts";
import { useRefresh } from "../data.ts";
import { Working } from "../working/Working.tsx";
import classes from "./Bulk.module.css";
import { type Act, type Outcome, runOver } from "./running.ts";

const NAMED = 5;

type Props<R> = {
  title: string;
  submit: string;
  rows: R[];
  name: (row: R) => string;
  /** null = it is not said yet what to do. */
  act: Act<R> | null;
  /** With what came of it, where something was done. */
  onClose: (outcome: Outcome<R> | null) => void;
  children: ReactNode;
};

/** Asks, says how far it is, and then of each row that could not be done why. */
export function BulkRun<R>({ title, submit, rows, name, act, onClose, children }: Props<R>) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const stop = useRef(new AbortController());
  // Rows that are gone from the list are named still.
  const [all] = useState(rows);
  const [done, setDone] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Outcome<R> | null>(null);
  const running = done !== null && outcome === null;
  const begin = async () => {
    if (!act) return;
    setDone(0);
    const came = await runOver(all, act, stop.current.signal, setDone);
    await refresh();
    if (came.failed.length + came.left.length === 0) onClose(came);
    else setOutcome(came);
  };
  const names = all.slice(0, NAMED).map(name).join(", ");
  const more = all.length - NAMED;
  return (
    <Modal
      opened
      onClose={() => (running ? stop.current.abort() : onClose(outcome))}
      closeOnClickOutside={!running}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {outcome ? (
        <Report outcome={outcome} name={name} />
      ) : (
        <>
          {children}
          <p className={classes.names}>
            {names}
            {more > 0 && ` ${t("admin.bulk.more", { count: more })}`}
          </p>
        </>
      )}
      {running && (
        <Working
          words={t("admin.bulk.progress", { done, count: all.length })}
          part={done / all.length}
        />
      )}
      <Group justify="flex-end" mt="md">
        {outcome ? (
          <Button onClick={() => onClose(outcome)} data-autofocus>
            {t("close")}
          </Button>
        ) : (
          <>
            <Button
              variant="default"
              onClick={() => (running ? stop.current.abort() : onClose(null))}
              data-autofocus
            >
              {t("cancel")}
            </Button>
            <Button loading={running} disabled={!act} onClick={() => void begin()}>
              {submit}
            </Button>
          </>
        )}
      </Group>
    </Modal>
  );
}

function Report<R>({ outcome, name }: { outcome: Outcome<R>; name: (row: R) => string }) {
  const { t } = useTranslation();
  const { done, failed, left } = outcome;
  return (
    <div role="alert">
      <p>
        {t("admin.bulk.done", { count: done.length })}{" "}
        {failed.length > 0 && t("admin.bulk.failed", { count: failed.length })}{" "}
        {left.length > 0 && t("admin.bulk.left", { count: left.length })}
      </p>
      {failed.length > 0 && (
        // A region that scrolls can be scrolled by keyboard.
        <ul className={classes.failed} aria-label={t("admin.bulk.failures")} tabIndex={0}>
          {failed.map(({ row, problem }, n) => (
            <li key={n}>
              <b>{name(row)}</b> {problem.why ? whyWords(t, problem) : problemWords(t, problem)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
