import { PanelTop } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { useHiddenPop, wish } from "../phone/pops.ts";
import { Act } from "./Act.tsx";

/** Shows what the Alerter has of a call, where that is not seen already. */
export function ShowPop({ call, large }: { call: Call; large?: boolean }) {
  const { t } = useTranslation();
  if (!useHiddenPop(call)) return null;
  return (
    <Act
      icon={PanelTop}
      words={t("caller.pop.show")}
      large={large ?? false}
      onAct={() => wish(call.connection, "open")}
    />
  );
}
