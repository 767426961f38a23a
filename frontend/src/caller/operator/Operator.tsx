import { CloseButton, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../shared/api/presence.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  ColleagueValue,
  PresenceValue,
  SupervisedTelephoneValue,
} from "../../shared/api/types.generated.ts";
import { useValues, useWatched } from "../../shared/live/context.tsx";
import { MOST_WATCHED } from "../../shared/live/watching.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useDial } from "../phone/Phone.tsx";
import { useView } from "../view.tsx";
import { isMeant, isShown, SHOWN, type Shown } from "./match.ts";
import classes from "./Operator.module.css";
import { Telephones, useTelephones } from "./Telephones.tsx";
import { Tile } from "./Tile.tsx";
import { useGridWalk } from "./useGridWalk.ts";

/** Milliseconds between two questions whose telephones are seen. */
const AGAIN = 60_000;

/** Everybody whose telephone one sees, in one look: to find who is free, and hand calls over. */
export function Operator() {
  const { t } = useTranslation();
  const { showOperator } = useView();
  const [text, setText] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const found = useQuery({
    queryKey: ["colleagues"],
    queryFn: ({ signal }) => listColleagues(signal),
    // Rights are changed rarely, and not told in the live stream.
    refetchInterval: AGAIN,
    refetchOnWindowFocus: "always",
    refetchOnMount: "always",
  });
  const meant = (found.data ?? []).filter((one) => isMeant(one, text));
  useWatched(meant.map((one) => one.user));
  const colleagues = useShown(meant, shown);
  const telephones = useTelephones(text, shown);
  const count = colleagues.length + telephones.length;
  return (
    <section className={classes.panel} aria-label={t("caller.operator.title")}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t("caller.operator.title")}</h2>
        <span className={classes.count} role="status">
          {t("caller.operator.count", { count })}
        </span>
        <TextInput
          size="xs"
          className={classes.filter}
          aria-label={t("caller.operator.filter")}
          placeholder={t("caller.operator.filter")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("caller.operator.show")}
          data={SHOWN.map((value) => ({ value, label: t(`caller.operator.states.${value}`) }))}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
        />
        <CloseButton
          size="sm"
          aria-label={t("caller.operator.close")}
          title={t("caller.operator.close")}
          onClick={() => showOperator(false)}
        />
      </div>
      {found.isError && <ProblemLine problem={problemOf(found.error)} />}
      {meant.length > MOST_WATCHED && (
        <p className={classes.none}>{t("caller.operator.most", { count: MOST_WATCHED })}</p>
      )}
      <Grid colleagues={colleagues} telephones={telephones} />
      {found.isSuccess && count === 0 && (
        <p className={classes.none}>
          {t(found.data.length === 0 ? "caller.operator.none" : "caller.operator.noMatch")}
        </p>
      )}
    </section>
  );
}

/** Those of them who are as is wanted. Nobody is disturbed by others' states while all are shown. */
function useShown(meant: ColleagueValue[], shown: Shown): ColleagueValue[] {
  const known = useValues<PresenceValue>(shown === "all" ? "nobody" : "presence");
  if (shown === "all") return meant;
  const of = new Map(known.map((one) => [one.user, one]));
  return meant.filter((one) => isShown(shown, of.get(one.user)));
}

type GridProps = { colleagues: ColleagueValue[]; telephones: SupervisedTelephoneValue[] };

function Grid({ colleagues, telephones }: GridProps) {
  const dial = useDial();
  const { grid, index, setAt, move } = useGridWalk(colleagues.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const one = colleagues[index];
    if (event.key === "Enter" && event.ctrlKey && one?.number) {
      void dial(one.number, one.displayName);
    } else if (!move(event.key)) return;
    event.preventDefault();
  };
  return (
    <ul ref={grid} className={classes.grid} onKeyDown={onKeyDown}>
      {colleagues.map((one, n) => (
        <Tile key={one.user} colleague={one} stop={n === index} onStop={() => setAt(n)} />
      ))}
      <Telephones telephones={telephones} />
    </ul>
  );
}
