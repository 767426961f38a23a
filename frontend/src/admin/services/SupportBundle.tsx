import { Button, Checkbox } from "@mantine/core";
import { LifeBuoy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { saveFile } from "../../shared/api/saveFile.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useCancellable } from "../working/useCancellable.ts";
import { Working } from "../working/Working.tsx";
import classes from "./Services.module.css";

type Wanted = { personal: boolean; traces: boolean };

/** An archive for whoever is asked for help: what the server knows of itself, without a secret. */
export function SupportBundle() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Wanted>({ personal: false, traces: false });
  const [part, setPart] = useState(0);
  const taken = useCancellable(async (of: Wanted, signal) => {
    setPart(0);
    const file = await download("/admin/support-bundle", of, signal, setPart);
    const day = new Date().toISOString().slice(0, 10);
    if (file) saveFile(`tws-support-${day}.zip`, file);
    return file !== null;
  });
  const box = (name: keyof Wanted) => (
    <Checkbox
      size="xs"
      label={t(`admin.troubleshooting.bundle.${name}`)}
      checked={wanted[name]}
      disabled={taken.isPending}
      onChange={(event) => setWanted({ ...wanted, [name]: event.currentTarget.checked })}
    />
  );
  return (
    <section className={classes.bundle} aria-label={t("admin.troubleshooting.bundle.title")}>
      <p className={classes.about}>{t("admin.troubleshooting.bundle.help")}</p>
      <div className={classes.acts}>
        <Button
          size="xs"
          variant="default"
          loading={taken.isPending}
          leftSection={<LifeBuoy size={14} aria-hidden />}
          onClick={() => taken.mutate(wanted)}
        >
          {t("admin.troubleshooting.bundle.take")}
        </Button>
        {box("personal")}
        {box("traces")}
      </div>
      {taken.isPending && (
        <Working
          words={t(`admin.troubleshooting.bundle.${part > 0 ? "coming" : "collecting"}`)}
          {...(part > 0 && { part })}
          onCancel={taken.cancel}
        />
      )}
      {taken.data && !taken.isPending && (
        <p className={classes.about} role="status">
          {t("admin.troubleshooting.bundle.done")}
        </p>
      )}
      {taken.error && <ProblemLine problem={problemOf(taken.error)} onClose={taken.reset} />}
    </section>
  );
}
