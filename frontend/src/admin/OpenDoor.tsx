import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./Administration.module.css";
import { useAddress } from "./address/context.tsx";
import { useFound } from "./data.ts";

const UNASKED = ["None", "Ip"];
const METHODS = "AuthMethods";
const NTLM = "AuthNtlmPassword";

/** As long as somebody may sign in without a password, or by what others could use, every page
 * says so. */
export function OpenDoor() {
  const { t } = useTranslation();
  const values = useFound("parameter-values", { parameter: METHODS }).data ?? [];
  const hashes = useFound("parameter-values", { parameter: NTLM }).data ?? [];
  const open = UNASKED.filter((method) =>
    values.some((row) => String(row.value).split("|").includes(method)),
  );
  return (
    <>
      {open.length > 0 && (
        <Warning
          words={t("admin.openDoor", { methods: open.join(", ") })}
          parameter={METHODS}
        />
      )}
      {hashes.length > 0 && (
        <Warning words={t("admin.weakDoor", { number: hashes.length })} parameter={NTLM} />
      )}
    </>
  );
}

function Warning({ words, parameter }: { words: string; parameter: string }) {
  const { go } = useAddress();
  return (
    <aside className={classes.openDoor} role="status">
      <TriangleAlert size={15} aria-hidden />
      <span>{words}</span>
      <button
        type="button"
        className={classes.openDoorLink}
        onClick={() => go({ page: "parameters", edit: parameter, filters: {} })}
      >
        {parameter}
      </button>
    </aside>
  );
}
