import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./Administration.module.css";
import { useAddress } from "./address/context.tsx";
import { useFound } from "./data.ts";

const UNASKED = ["None", "Ip"];

/** As long as somebody may sign in without a password, every page says so. */
export function OpenDoor() {
  const { t } = useTranslation();
  const { go } = useAddress();
  const values = useFound("parameter-values", { parameter: "AuthMethods" }).data ?? [];
  const open = UNASKED.filter((method) =>
    values.some((row) => String(row.value).split("|").includes(method)),
  );
  if (open.length === 0) return null;
  return (
    <aside className={classes.openDoor} role="status">
      <TriangleAlert size={15} aria-hidden />
      <span>{t("admin.openDoor", { methods: open.join(", ") })}</span>
      <button
        type="button"
        className={classes.openDoorLink}
        onClick={() => go({ page: "parameters", edit: "AuthMethods", filters: {} })}
      >
        AuthMethods
      </button>
    </aside>
  );
}
