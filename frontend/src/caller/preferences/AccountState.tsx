import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import type {
  CollaborationAccountValue,
  OwnContactsFailedValue,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { clockTime, since } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import classes from "./Preferences.module.css";

/** Whether one's calendar is read with one's account, or what is wrong with it. */
export function AccountState({ account }: { account: CollaborationAccountValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(30_000);
  const { failed, read } = account;
  if (account.username === null) return null;
  if (failed) {
    return (
      <p className={classes.wrong}>
        {t(`caller.prefs.accountProblems.${failed.problem}`)} <q>{say(failed)}</q>
      </p>
    );
  }
  if (read === null) return null;
  return (
    <p className={classes.help}>
      {t("caller.prefs.accountRead", { at: since(read, now, culture, timeZone) })}
    </p>
  );
}

/** Directories of one's own contacts that could not be read with one's account. */
export function ContactsState() {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const found = useQuery({
    queryKey: ["collaboration-accounts", "contacts"],
    queryFn: ({ signal }) =>
      request<OwnContactsFailedValue[]>("GET", "/collaboration-accounts/contacts", { signal }),
  });
  return (found.data ?? []).map(({ directory, tried, unread }) => (
    <p key={directory} className={classes.wrong}>
      {t("caller.prefs.contactsUnread", {
        name: directory,
        at: clockTime(tried, culture, timeZone),
      })}{" "}
      <q>{say({ ...unread, words: unread.why })}</q>
    </p>
  ));
}
