import { Button, Popover } from "@mantine/core";
import { UserRound } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Administration.module.css";
import { later } from "../shared/later.ts";

const OwnAccount = later(() => import("./OwnAccount.tsx"), "OwnAccount");

/** By the administrator's name: what is their own, fetched when it is opened. */
export function Account({ name }: { name: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={360} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          aria-label={name}
          title={t("account.title")}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.who}>{name}</span>
          <UserRound size={16} aria-hidden className={classes.person} />
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("account.title")} className={classes.account}>
        <Suspense>
          <OwnAccount />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
