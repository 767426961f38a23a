import { useTranslation } from "react-i18next";
import { useCurrent, useKnown } from "../../shared/live/context.tsx";
import { clockTime, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import type { CollaborationState, Run, SmsProviderState, UserImportRun } from "../rows.ts";
import type { LiveDevice, LiveLink } from "./states.ts";

/** How things stand now, in words: what marks and buttons show beside it is left out. */
export function useStateWords() {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const current = useCurrent();
  const known = useKnown();
  const now = <V>(key: string) => known()[key] as V | undefined;
  const said = <V>(value: V | undefined, words: (value: V) => string, none: string) =>
    current ? (value ? words(value) : none) : t("unknown");
  const link = (of: LiveLink) =>
    of.enabled ? t(`linkState.${of.state}`) : t("admin.links.disabled");
  return {
    link: (id: string) => said(now<LiveLink>(`link/${id}`), link, t("unknown")),
    device: (of: LiveDevice) => (current ? t(`monitorState.${of.state}`) : t("unknown")),
    directory: (id: string) =>
      said(
        now<Run>(`run/${id}`),
        (run) => t(`admin.directories.states.${run.state}`),
        t("admin.directories.never"),
      ),
    userImport: (id: string) =>
      said(
        now<UserImportRun>(`import/${id}`),
        (run) => t(`admin.directories.states.${run.state}`),
        t("admin.userImports.never"),
      ),
    collaboration: (id: string) =>
      said(
        now<CollaborationState>(`collaboration/${id}`),
        (state) => t(`admin.collaboration.states.${state.state}`),
        t("unknown"),
      ),
    smsProvider: (id: string) =>
      said(
        now<SmsProviderState>(`sms-provider/${id}`),
        (state) => t(`admin.sms.states.${state.state}`),
        t("unknown"),
      ),
    /** When a directory last had all that its source has. */
    synchronised: (id: string, listed: string | null) => {
      const run = now<Run>(`run/${id}`);
      const at = (run?.state === "done" && run.ended) || listed;
      if (!at) return t("admin.directories.never");
      return `${shortDay(at, culture, timeZone)} ${clockTime(at, culture, timeZone)}`;
    },
  };
}
