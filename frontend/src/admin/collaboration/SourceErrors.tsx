import { useTranslation } from "react-i18next";
import { say } from "../../shared/i18n/sentences.ts";
import { useValue } from "../../shared/live/context.tsx";
import directories from "../directories/Directories.module.css";
import type { CollaborationState } from "../rows.ts";

/** Whose calendar could not be read, and why. */
export function SourceErrors({ id }: { id: string }) {
  const { t } = useTranslation();
  const state = useValue<CollaborationState>(`collaboration/${id}`);
  if (!state || state.errors.length === 0) return null;
  const title = t("admin.collaboration.unread", { count: state.unread });
  return (
    <details className={directories.report}>
      <summary>{title}</summary>
      <ul className={`${directories.remarks} ${directories.body}`}>
        {state.errors.map((error) => (
          <li key={error.user}>
            {error.displayName} ({error.mailbox})
            <span className={directories.examples}>{say(error)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
