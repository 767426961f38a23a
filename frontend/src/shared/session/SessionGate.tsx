import { Button, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { onSignedOut } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { Problem, Session } from "../api/types.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import { Front } from "./Front.tsx";
import { useLetter } from "./letter.ts";
import { SignIn } from "./SignIn.tsx";
import { StillSignedIn } from "./StillSignedIn.tsx";
import { type Standing, signOut, standing } from "./session.ts";
import { WrongPage } from "./WrongPage.tsx";
import { later } from "../later.ts";

/** Once in the life of an installation. */
const Initialise = later(() => import("./Initialise.tsx"), "Initialise");
const NewPassword = later(() => import("./NewPassword.tsx"), "NewPassword");
/** Milliseconds, and up to as many again, before a server that is away is asked once more. */
const AGAIN = 3_000;

type Props = {
  /** Whom this page is for. */
  kind: "user" | "administrator";
  children: (session: Session, leave: () => void, over: () => void) => ReactNode;
};

/** Lets in who has signed in; first makes the installation usable where it is new. */
export function SessionGate({ kind, children }: Props) {
  const { t } = useTranslation();
  const [letter, setLetter] = useLetter();
  const [now, setNow] = useState<Standing>({ is: "asking" });
  const queries = useQueryClient();
  const ask = useCallback(async () => {
    const found = await standing(kind);
    // What was asked for whoever was here before is not shown to whoever comes next.
    if (found.is === "in") queries.clear();
    setNow(found);
  }, [kind, queries]);
  const over = useCallback(() => setNow({ is: "out", over: true }), []);
  const [stayed, setStayed] = useState<Problem | null>(null);
  const leave = useCallback(async () => {
    setStayed(null);
    try {
      await signOut();
      setNow({ is: "out", over: false });
    } catch (error) {
      const problem = problemOf(error);
      // Only the server ends a session: until it has, whoever comes next is still let in.
      if (problem.status === 401) setNow({ is: "out", over: false });
      else setStayed(problem);
    }
  }, []);
  useEffect(() => {
    void ask();
  }, [ask]);
  useEffect(() => {
    if (now.is !== "in") setStayed(null);
  }, [now]);
  useEffect(
    () => onSignedOut(() => setNow((was) => (was.is === "in" ? { is: "out", over: true } : was))),
    [],
  );

  useEffect(() => {
    if (now.is !== "unreachable") return;
    const again = setTimeout(() => void ask(), AGAIN + Math.random() * AGAIN);
    return () => clearTimeout(again);
  }, [now, ask]);

  if (letter !== null) {
    return (
      <Front>
        <Suspense>
          <NewPassword letter={letter} onDone={() => setLetter(null)} />
        </Suspense>
      </Front>
    );
  }
  switch (now.is) {
    case "asking":
      return (
        <Front>
          <Loader size="sm" aria-label={t("loading")} />
        </Front>
      );
    case "unreachable":
      return (
        <Front>
          <ProblemLine problem={now.problem} />
          <Button onClick={() => void ask()}>{t("retry")}</Button>
        </Front>
      );
    case "new":
      return (
        <Front wide>
          <Suspense>
            <Initialise onDone={() => location.assign("/admin?page=firstSteps")} />
          </Suspense>
        </Front>
      );
    case "out":
      return (
        <Front>
          <SignIn
            kind={kind}
            over={now.over}
            {...(now.windows ? { windows: now.windows } : {})}
            onDone={ask}
          />
        </Front>
      );
    case "in":
      return (
        <>
          {stayed && (
            <StillSignedIn
              problem={stayed}
              onAgain={() => void leave()}
              onClose={() => setStayed(null)}
            />
          )}
          {now.session[kind] ? (
            children(now.session, () => void leave(), over)
          ) : (
            <WrongPage kind={kind} onLeave={() => void leave()} />
          )}
        </>
      );
  }
}
