import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import classes from "./Alerter.module.css";

/** Programs that a template names and nobody may start: it cannot be stored so. */
export function Unlisted({ programs }: { programs: readonly string[] }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  if (programs.length === 0) return null;
  return (
    <p className={classes.warning} role="status">
      {t("admin.alerter.unlisted", { programs: programs.join(", ") })}{" "}
      <Anchor
        component="button"
        type="button"
        size="xs"
        onClick={() =>
          go({ page: "parameters", edit: "AlerterPrograms", filters: { application: "TWS Alerter" } })
        }
      >
        AlerterPrograms
      </Anchor>
    </p>
  );
}
