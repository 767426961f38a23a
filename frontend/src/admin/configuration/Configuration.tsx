import { Button, Checkbox } from "@mantine/core";
import { Download, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, request } from "../../shared/api/client.ts";
import { base64 } from "../../shared/api/files.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ImportedValue } from "../../shared/api/types.generated.ts";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { saveFile } from "../../shared/api/saveFile.ts";
import { useAddress } from "../address/context.tsx";
import { useCompany, useList, useRefresh } from "../data.ts";
import { AdminPage } from "../page/AdminPage.tsx";
import { useCancellable } from "../working/useCancellable.ts";
import { Working } from "../working/Working.tsx";
import classes from "./Configuration.module.css";
import { Imported } from "./Imported.tsx";

type Place = { company: string | null; domain: string | null };

/** Outils / Configuration: taken from what is chosen at the top as a file, and made there from one. */
export function Configuration() {
  const { t } = useTranslation();
  const company = useCompany();
  const { domain } = useAddress().address;
  const companies = useList("companies").data ?? [];
  const domains = useList("domains").data ?? [];
  const where =
    domains.find((row) => row.id === domain)?.name ??
    companies.find((row) => row.id === company)?.name ??
    "";
  const taken = useCancellable(async (of: Place, signal) => {
    const file = await download("/admin/configuration", of, signal);
    if (file) saveFile("tws-configuration.json", file);
  });
  return (
    <AdminPage title={t("admin.pages.configuration")}>
      <div className={classes.body}>
        <section aria-label={t("admin.configuration.take")}>
          <h3 className={classes.title}>{t("admin.configuration.take")}</h3>
          <p className={classes.help}>{t("admin.configuration.takeHelp")}</p>
          <Button
            variant="default"
            loading={taken.isPending}
            disabled={company === null}
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => taken.mutate({ company, domain })}
          >
            {t("admin.configuration.export", { where })}
          </Button>
          {taken.isPending && (
            <Working words={t("admin.configuration.taking")} onCancel={taken.cancel} />
          )}
          {taken.error && <ProblemLine problem={problemOf(taken.error)} onClose={taken.reset} />}
        </section>
        {company && <Make key={`${company} ${domain}`} company={company} domain={domain} where={where} />}
      </div>
    </AdminPage>
  );
}

type MakeProps = { company: string; domain: string | null; where: string };
type Read = { name: string; content: string };
type Asked = { of: Read; dry: boolean; over: boolean };

/** A dry run as soon as a file is chosen; then the same in earnest. */
function Make({ company, domain, where }: MakeProps) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [file, setFile] = useState<Read | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const made = useCancellable(async ({ of, dry, over }: Asked, signal) => {
    const body = { company, domain, content: of.content, overwrite: over, dry };
    const rows = await request<ImportedValue[]>("POST", "/admin/configuration", {
      body,
      // What writes goes on to its end on the server: its report is waited for.
      ...(dry && { signal }),
    });
    if (!dry) await refresh();
    return { rows, dry };
  });
  const choose = async (chosen: File) => {
    const of = { name: chosen.name, content: base64(await chosen.arrayBuffer()) };
    setFile(of);
    made.mutate({ of, dry: true, over: overwrite });
  };
  const turn = (over: boolean) => {
    setOverwrite(over);
    if (file) made.mutate({ of: file, dry: true, over });
  };
  const writes = made.data?.rows.filter((row) => ["created", "changed"].includes(row.outcome));
  return (
    <section aria-label={t("admin.configuration.make")}>
      <h3 className={classes.title}>{t("admin.configuration.make")}</h3>
      <p className={classes.help}>
        {t(domain ? "admin.configuration.intoDomain" : "admin.configuration.intoCompany", { where })}
      </p>
      <div className={classes.acts}>
        <FileChoice accept=".json" onChoose={(chosen) => void choose(chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={made.isPending}
              leftSection={<Upload size={14} aria-hidden />}
            >
              {t("admin.configuration.choose")}
            </Button>
          )}
        </FileChoice>
        <Checkbox
          size="xs"
          label={t("admin.configuration.overwrite")}
          checked={overwrite}
          disabled={made.isPending}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
      </div>
      {made.isPending &&
        (made.variables?.dry ? (
          <Working words={t("admin.configuration.comparing")} onCancel={made.cancel} />
        ) : (
          <Working words={t("admin.configuration.writing")} />
        ))}
      {made.error && <ProblemLine problem={problemOf(made.error)} onClose={made.reset} />}
      {file && made.data && (
        <>
          <p role="status">
            {t(made.data.dry ? "admin.configuration.would" : "admin.configuration.did", {
              file: file.name,
              count: writes?.length ?? 0,
            })}
          </p>
          {made.data.dry && (writes?.length ?? 0) > 0 && (
            <Button
              loading={made.isPending}
              onClick={() => made.mutate({ of: file, dry: false, over: overwrite })}
            >
              {t("admin.configuration.apply", { where })}
            </Button>
          )}
          <Imported rows={made.data.rows} dry={made.data.dry} />
        </>
      )}
    </section>
  );
}
