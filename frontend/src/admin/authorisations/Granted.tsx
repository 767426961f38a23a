import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import own from "../directories/Directories.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { isDirectory, type Right } from "./rights.ts";

/** What was granted cannot be changed, only withdrawn. */
export function Granted({ row, name }: { row: Right; name: string }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const application = useSaving("authorisations", "application" in row ? row : null);
  const calendars = useSaving("calendar-grants", "ofUser" in row ? row : null);
  const directories = useSaving("directory-grants", isDirectory(row) ? row : null);
  const saving = "application" in row ? application : isDirectory(row) ? directories : calendars;
  const form = useForm(name, {});
  return (
    <SideForm
      title={name}
      form={form}
      removal={{
        words: t(isDirectory(row) ? "admin.authorisations.removesDirectory" : "admin.authorisations.removes"),
        remove: saving.remove,
      }}
    >
      {isDirectory(row) ? (
        <p>
          {t("admin.authorisations.directoryHelp")}{" "}
          <button
            type="button"
            className={own.link}
            onClick={() =>
              go({ page: "directories", edit: row.directory, filters: { tab: "rights" } })
            }
          >
            {t("admin.authorisations.toDirectory")}
          </button>
        </p>
      ) : (
        <p>{t("admin.authorisations.applicationHelp")}</p>
      )}
    </SideForm>
  );
}
