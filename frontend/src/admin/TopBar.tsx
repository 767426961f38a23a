import { ActionIcon, Button, NativeSelect, useMantineColorScheme } from "@mantine/core";
import { LogOut, Moon, Search, Sun, SunMoon, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Account } from "./Account.tsx";
import classes from "./Administration.module.css";
import { useAddress } from "./address/context.tsx";
import { useCompany, useList } from "./data.ts";
import { useUnacknowledged } from "./incidents/standing.ts";
import { Jump } from "./Jump.tsx";

/** Which company and domain one works on, always in sight. */
export function TopBar({ name, onLeave }: { name: string; onLeave: () => void }) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const [jumping, setJumping] = useState(false);
  const company = useCompany();
  const companies = useList("companies").data ?? [];
  const domains = useList("domains").data ?? [];
  return (
    <header className={classes.bar}>
      <h1 className={classes.brand}>
        <img src="/favicon.svg" alt="TWS" width="22" height="22" />
        <span>{t("admin.title")}</span>
      </h1>
      <NativeSelect
        size="xs"
        className={classes.place}
        aria-label={t("admin.company")}
        data={companies.map((each) => ({ value: each.id, label: each.name }))}
        value={company ?? ""}
        onChange={(event) => go({ company: event.currentTarget.value, domain: null, edit: null })}
      />
      <NativeSelect
        size="xs"
        className={classes.place}
        aria-label={t("admin.domain")}
        data={[
          { value: "", label: t("admin.allDomains") },
          ...domains.map((each) => ({ value: each.id, label: each.name })),
        ]}
        value={address.domain ?? ""}
        onChange={(event) => go({ domain: event.currentTarget.value || null, edit: null })}
      />
      <span className={classes.grow} />
      <Incidents />
      <ActionIcon
        size="lg"
        aria-label={`${t("admin.jump.title")} (Ctrl+K)`}
        title={`${t("admin.jump.title")} (Ctrl+K)`}
        onClick={() => setJumping(true)}
      >
        <Search size={17} />
      </ActionIcon>
      <Theme />
      <Account name={name} />
      <Button
        variant="subtle"
        color="gray"
        aria-label={t("signIn.signOut")}
        title={t("signIn.signOut")}
        onClick={onLeave}
      >
        <LogOut size={16} aria-hidden />
      </Button>
      <Jump opened={jumping} onOpen={setJumping} />
    </header>
  );
}

/** What went wrong and nobody has acknowledged; nothing where there is nothing. */
function Incidents() {
  const { t } = useTranslation();
  const { go } = useAddress();
  const count = useUnacknowledged();
  if (count === 0) return null;
  const words = t("admin.incidents.unacknowledged", { count });
  return (
    <Button
      size="compact-sm"
      variant="light"
      color="red"
      leftSection={<TriangleAlert size={15} aria-hidden />}
      aria-label={words}
      title={words}
      onClick={() => go({ page: "incidents", edit: null, filters: { state: "new" } })}
    >
      {count}
    </Button>
  );
}

const NEXT = { light: "dark", dark: "auto", auto: "light" } as const;
const ICONS = { light: Sun, dark: Moon, auto: SunMoon };

function Theme() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = ICONS[colorScheme];
  const words = `${t("admin.theme")} : ${t(`theme.${colorScheme}`)}`;
  return (
    <ActionIcon
      size="lg"
      aria-label={words}
      title={words}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon size={17} />
    </ActionIcon>
  );
}
