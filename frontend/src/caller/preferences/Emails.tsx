import { NativeSelect, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Me } from "../../shared/api/types.ts";
import type { EmailNotificationValue, MissedCallMails } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useAuthorised, useMailServer } from "../../shared/live/parameters.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Preferences.module.css";

const MAILS: readonly MissedCallMails[] = ["never", "atOnce", "digest"];
const MOST_MINUTES = 240;

/** What is told by e-mail of calls that nobody answered, and of voice messages (9.1.5). */
export function Emails() {
  const { t, i18n } = useTranslation();
  const authorised = useAuthorised("AuthorizedEmailNotification");
  const server = useMailServer();
  const own = useValue<Me>("me")?.email ?? "";
  const emails = usePreferences()?.emails ?? null;
  const choose = useChoose();
  if (!authorised || emails === null) return null;
  // The mails of whoever has the browser's language are in that of this page.
  const culture = i18n.language.startsWith("fr") ? "fr" : "en";
  const keep = (change: Partial<EmailNotificationValue>) =>
    choose.mutate((now) => ({ emails: { ...(now?.emails ?? emails), ...change, culture } }));
  const told = emails.missedCalls !== "never" || emails.voiceMessages;
  // What is on can always be switched off.
  const may = (on: boolean) => server || on;
  return (
    <section aria-label={t("caller.emails.title")} className={classes.part}>
      <h3 className={classes.title}>{t("caller.emails.title")}</h3>
      {!server && (
        <p role="status" className={classes.wrong}>
          {t(told ? "caller.emails.noServerStill" : "caller.emails.noServer")}
        </p>
      )}
      <NativeSelect
        label={t("caller.emails.missed")}
        description={t("caller.emails.missedHelp")}
        disabled={!may(emails.missedCalls !== "never")}
        data={MAILS.map((value) => ({ value, label: t(`caller.emails.when.${value}`) }))}
        value={emails.missedCalls}
        onChange={(event) => keep({ missedCalls: event.currentTarget.value as MissedCallMails })}
      />
      {emails.missedCalls === "digest" && (
        <Kept
          key={emails.minutes}
          type="number"
          label={t("caller.emails.minutes")}
          value={String(emails.minutes)}
          onChange={(value) => keep({ minutes: Number(value) })}
        />
      )}
      <Switch
        size="sm"
        className={classes.above}
        label={t("caller.emails.voice")}
        disabled={!may(emails.voiceMessages)}
        checked={emails.voiceMessages}
        onChange={(event) => keep({ voiceMessages: event.currentTarget.checked })}
      />
      {told && (
        <Kept
          key={emails.address}
          type="email"
          label={t("caller.emails.address")}
          placeholder={own}
          description={t(own ? "caller.emails.addressHelp" : "caller.emails.addressNone")}
          value={emails.address ?? ""}
          onChange={(value) => keep({ address: value.trim() || null })}
        />
      )}
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </section>
  );
}

type KeptProps = {
  type: "number" | "email";
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
};

/** Kept once it is left, or with Enter: while it is typed it is none yet. */
function Kept({ type, value, onChange, ...field }: KeptProps) {
  const [typed, setTyped] = useState(value);
  const keep = () => {
    if (typed === value) return;
    if (type === "number" && typed === "") setTyped(value);
    else onChange(typed);
  };
  return (
    <TextInput
      {...field}
      type={type}
      autoComplete={type === "email" ? "email" : undefined}
      min={type === "number" ? 1 : undefined}
      max={type === "number" ? MOST_MINUTES : undefined}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && keep()}
    />
  );
}
