import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Unread } from "./journal/Unread.tsx";
import { Journal } from "./later.tsx";
import { People } from "./people/People.tsx";
import classes from "./SideTabs.module.css";

/** Where there is room for one side column: people or journal. */
export function SideTabs() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<"people" | "journal">("people");
  return (
    <div className={classes.tabs}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={`${t("caller.regions.people")}, ${t("caller.regions.journal")}`}
          data={(["people", "journal"] as const).map((value) => ({
            value,
            label: (
              <span className={classes.label}>
                {t(`caller.regions.${value}`)}
                {value === "journal" && <Unread />}
              </span>
            ),
          }))}
          value={shown}
          onChange={(value) => setShown(value as typeof shown)}
        />
      </div>
      <div className={classes.body}>{shown === "people" ? <People /> : <Journal />}</div>
    </div>
  );
}
