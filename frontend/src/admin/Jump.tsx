import { Modal, TextInput } from "@mantine/core";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { holds, plain } from "../shared/i18n/plain.ts";
import type { Address, PageName } from "./address/address.ts";
import { useAddress } from "./address/context.tsx";
import { useList } from "./data.ts";
import classes from "./Jump.module.css";
import { useMenu } from "./menu.ts";
import { applicationWords } from "./parameters/words.ts";

type Goal = {
  key: string;
  name: string;
  where: string;
  /** Other names, by which it is found too. */
  also?: string;
  /** null = this version has nothing to go to. */
  to: Partial<Address> | null;
};
type Props = { opened: boolean; onOpen: (opened: boolean) => void };

/** Ctrl+K: to any page, parameter, user, group, link or directory by its name. */
export function Jump({ opened, onOpen }: Props) {
  const { t } = useTranslation();
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent) => {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onOpen]);
  return (
    <Modal
      opened={opened}
      onClose={() => onOpen(false)}
      title={t("admin.jump.title")}
      yOffset="10vh"
      centered={false}
      // It stands there at once, with the keyboard: people type on, and Finder gives it back.
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Finder onDone={() => onOpen(false)} />
    </Modal>
  );
}

const MOST = 12;

/** What the guide calls pages that are one here, or have another name in English. */
const GUIDE: Partial<Record<PageName, string>> = {
  administrators: "Administrateurs",
  companies: "Sociétés",
  directories: "Annuaires",
  groups: "Groupes - Utilisateurs",
  intercomGroups: "Groupes intercom",
  licences: "Licences dongle",
  links: "Connexions VTI-XML, Connexions CSTA, Connexions SIP",
  linkStates: "État des connexions VTI-XML, CSTA, SIP",
  parameters: "Paramètres applicatifs",
  queues: "Puits d'appels",
  smsProviders: "Fournisseur SMS",
  userImports: "Import(s) Utilisateurs",
  users: "Utilisateurs",
};

/** Pages of the guide that are not in this version: whoever looks for one is told so. */
const NOT_YET = [
  { name: "callRobots", area: "applications", guide: "Automates d'appel, robots d'appels" },
] as const;

function Finder({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const goals = useGoals();
  const wanted = text.trim();
  const found = goals.filter((goal) => holds(`${goal.name} ${goal.where} ${goal.also ?? ""}`, wanted));
  const begins = (goal: Goal) => plain(goal.name).startsWith(plain(wanted));
  const shown = [...found.filter(begins), ...found.filter((goal) => !begins(goal))].slice(0, MOST);
  const index = Math.min(at, shown.length - 1);
  const open = (goal: Goal | undefined) => {
    if (!goal?.to) return;
    onDone();
    go({ edit: null, filters: {}, ...goal.to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((index + 1) % shown.length);
    else if (event.key === "ArrowUp") setAt((index + shown.length - 1) % shown.length);
    else if (event.key === "Enter") open(shown[index]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        role="combobox"
        aria-label={t("admin.jump.placeholder")}
        aria-expanded
        aria-controls="jump-list"
        aria-activedescendant={shown[index] ? `jump-${index}` : undefined}
        placeholder={t("admin.jump.placeholder")}
        ref={box}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="jump-list"
        role="listbox"
        aria-label={t("admin.jump.title")}
        className={classes.list}
      >
        {shown.map((goal, n) => (
          // The keyboard is the box's.
          <div
            key={goal.key}
            id={`jump-${n}`}
            role="option"
            aria-selected={n === index}
            aria-disabled={goal.to === null || undefined}
            className={classes.goal}
            onPointerMove={() => setAt(n)}
            onClick={() => open(goal)}
          >
            {goal.name}
            <span className={classes.where}>{goal.where}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p role="status">{t("admin.jump.none")}</p>}
    </>
  );
}

function useGoals(): Goal[] {
  const { t } = useTranslation();
  const users = useList("users").data ?? [];
  const groups = useList("groups").data ?? [];
  const links = useList("links").data ?? [];
  const directories = useList("directories").data ?? [];
  const menu = useMenu();
  const parameters = useList("parameters").data ?? [];
  return [
    ...menu.flatMap(([area, pages]) =>
      pages.map((page) => ({
        key: page,
        name: t(`admin.pages.${page}`),
        where: t(`admin.areas.${area}`),
        also: GUIDE[page] ?? "",
        to: { page },
      })),
    ),
    ...NOT_YET.map(({ name, area, guide }) => ({
      key: name,
      name: t(`admin.jump.notYet.${name}`),
      where: `${t(`admin.areas.${area}`)} · ${t("admin.jump.notInThisVersion")}`,
      also: guide,
      to: null,
    })),
    ...users.map((row) => ({
      key: row.id,
      name: row.displayName,
      where: row.username,
      to: { page: "users" as const, edit: row.id },
    })),
    ...groups.map((row) => ({
      key: row.id,
      name: row.name,
      where: t("admin.groups.one"),
      to: { page: "groups" as const, edit: row.id },
    })),
    ...links.map((row) => ({
      key: row.id,
      name: row.name,
      where: t("admin.links.one"),
      to: { page: "links" as const, edit: row.id },
    })),
    ...directories.map((row) => ({
      key: row.id,
      name: row.name,
      where: t("admin.directories.one"),
      to: { page: "directories" as const, edit: row.id },
    })),
    ...parameters.map((row) => ({
      key: `parameter ${row.name}`,
      name: row.name,
      where: applicationWords(t, row.application),
      also: row.aliases.join(" "),
      to: { page: "parameters" as const, edit: row.name },
    })),
  ];
}
