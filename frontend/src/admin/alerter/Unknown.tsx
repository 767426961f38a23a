import { useTranslation } from "react-i18next";
import classes from "./Alerter.module.css";

/** Tokens that nothing is known of. */
export function Unknown({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <p className={classes.warning} role="status">
      {t("admin.alerter.unknown", { names: names.map((name) => `[-${name}-]`).join(", ") })}
    </p>
  );
}
