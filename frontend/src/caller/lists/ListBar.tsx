import { Button } from "@mantine/core";
import { ArrowDownUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactList } from "../../shared/api/lists.ts";
import { ExportButtons } from "../../shared/ui/ExportButtons.tsx";
import classes from "./Lists.module.css";

type Props = { list: ContactList; ordering: boolean; onOrder: (ordering: boolean) => void };

/** What can be done with the list that is shown: its order where it is one's own, and a file. */
export function ListBar({ list, ordering, onOrder }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      {list.mine && (
        <Button
          size="compact-xs"
          variant={ordering ? "filled" : "default"}
          aria-pressed={ordering}
          title={t("caller.lists.orderHelp")}
          leftSection={<ArrowDownUp size={14} aria-hidden />}
          onClick={() => onOrder(!ordering)}
        >
          {t("caller.lists.order")}
        </Button>
      )}
      <ExportButtons key={list.id} what={{ list: list.id }} size="compact-xs" />
    </div>
  );
}
