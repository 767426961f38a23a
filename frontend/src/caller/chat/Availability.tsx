import { useTranslation } from "react-i18next";
import type { ExternalContactValue } from "../../shared/api/types.generated.ts";
import { type Mark, StateMark } from "../../shared/ui/StateMark.tsx";

type Available = NonNullable<ExternalContactValue["availability"]>;

const MARKS: Record<Available, Mark> = {
  online: "free",
  away: "away",
  busy: "busy",
  offline: "offline",
};

/** How somebody outside is, as a colour with its shape. */
export function Availability({ of }: { of: ExternalContactValue["availability"] }) {
  const { t } = useTranslation();
  const label = t(`caller.external.availability.${of ?? "unknown"}`);
  return <StateMark mark={of ? MARKS[of] : "unknown"} label={label} />;
}
