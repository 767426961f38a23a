import { useTranslation } from "react-i18next";
import type { RightReason, User } from "../rows.ts";
import { nameIn, useEntries } from "./named.ts";

type Props = { reason: RightReason; user: User; object: string };

/** By which way a grant reaches a user: to himself, his group or his domain; of the object, or of
 * its group. */
export function Chain({ reason, user, object }: Props) {
  const { t } = useTranslation();
  const entries = useEntries();
  const by =
    reason.by === user.id
      ? t("admin.rights.inPerson")
      : t(reason.byKind === "domain" ? "admin.rights.byDomain" : "admin.rights.byGroup", {
          name: nameIn(entries[reason.byKind], reason.by),
        });
  const of =
    reason.of === object
      ? null
      : t("admin.rights.ofGroup", { name: nameIn(entries[reason.ofKind], reason.of) });
  return <span>{[by, of].filter(Boolean).join(" · ")}</span>;
}
