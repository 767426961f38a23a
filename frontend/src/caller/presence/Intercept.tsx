import { Button } from "@mantine/core";
import { PhoneIncoming } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { usePhone, useSpot } from "../phone/Phone.tsx";
import classes from "./Presence.module.css";
import { usePresence } from "./usePresence.ts";

/** A colleague's ringing call is taken here, where one may and the PBX lets us. */
export function Intercept({ user, name }: { user: string | null; name: string }) {
  const { t } = useTranslation();
  const { desk } = usePhone();
  const spot = `pickup/${user ?? ""}`;
  const { doing, problem } = useSpot(spot);
  const take = useIntercept(user);
  if (!take && !problem) return null;
  return (
    <div className={classes.intercept}>
      {take && (
        <Button
          leftSection={<PhoneIncoming size={14} aria-hidden />}
          loading={doing !== null}
          onClick={take}
        >
          {t("caller.presence.intercept", { name })}
        </Button>
      )}
      {problem && (
        <ProblemLine
          problem={problem}
          {...(problem.code === "notFound" ? { words: t("causes.noCallToAnswer") } : {})}
          onClose={() => desk.forgive(spot)}
        />
      )}
    </div>
  );
}

/** Takes what rings at a colleague's; null where nothing does that one may take, or where one calls him. */
export function useIntercept(user: string | null): (() => void) | null {
  const { desk, device, calls } = usePhone();
  const ringing = usePresence(user)?.telephone?.intercept;
  const mine = calls.some((call) => call.parties.some(({ contact }) => contact === user));
  if (!ringing || mine || !device?.operations.includes("directedPickupCall")) return null;
  return () => void desk.give(`pickup/${user ?? ""}`, "directedPickupCall", device.id, { ringing });
}
