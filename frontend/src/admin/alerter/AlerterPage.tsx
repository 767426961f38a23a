import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany } from "../data.ts";
import { AdminPage } from "../page/AdminPage.tsx";
import { AddressEditor } from "./AddressEditor.tsx";
import { TemplateEditor } from "./TemplateEditor.tsx";
import { FIRST, listTemplates, listTokens, readTemplate } from "./templates.ts";

const NEW = "new";

/** Applications / Alerter: the templates of a company, written with what they show beside them. */
export function AlerterPage() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const company = useCompany() ?? "";
  const enabled = company !== "";
  const files = useQuery({
    queryKey: ["admin", "alerter", company],
    queryFn: () => listTemplates(company),
    enabled,
  });
  const tokens = useQuery({
    queryKey: ["admin", "alerter", company, "tokens"],
    queryFn: () => listTokens(company),
    enabled,
  });
  const asked = address.edit ?? files.data?.[0]?.name ?? NEW;
  const name = files.data?.some((file) => file.name === asked) ? asked : NEW;
  const template = useQuery({
    queryKey: ["admin", "alerter", company, "template", name],
    queryFn: () => readTemplate(company, name),
    enabled: enabled && name !== NEW,
  });
  const mode = address.filters.mode === "URL" ? "URL" : "XML";
  const error = files.error ?? tokens.error ?? template.error;
  return (
    <AdminPage
      title={t("admin.pages.alerter")}
      tools={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t("admin.alerter.mode")}
            data={(["XML", "URL"] as const).map((value) => ({
              value,
              label: t(`admin.alerter.modes.${value}`),
            }))}
            value={mode}
            onChange={(value) => go({ filters: value === "URL" ? { mode: value } : {} })}
          />
          {mode === "XML" && (
            <>
              <NativeSelect
                size="xs"
                aria-label={t("admin.alerter.template")}
                value={name}
                data={[
                  ...(files.data ?? []).map((file) => ({
                    value: file.name,
                    label: file.mistakes.length
                      ? t("admin.alerter.broken", { name: file.name })
                      : file.name,
                  })),
                  { value: NEW, label: t("admin.alerter.unnamed") },
                ]}
                onChange={(event) => go({ edit: event.currentTarget.value })}
              />
              <Button
                size="xs"
                variant="default"
                leftSection={<Plus size={14} aria-hidden />}
                onClick={() => go({ edit: NEW })}
              >
                {t("admin.list.add")}
              </Button>
            </>
          )}
          <Button
            size="xs"
            variant="subtle"
            onClick={() =>
              go({ page: "parameters", edit: null, filters: { application: "TWS Alerter" } })
            }
          >
            {t("admin.alerter.forWhom")}
          </Button>
        </>
      }
    >
      {error && <ProblemLine problem={problemOf(error)} />}
      {tokens.data && mode === "URL" && (
        <AddressEditor key={company} company={company} tokens={tokens.data} />
      )}
      {tokens.data && files.data && mode === "XML" && (name === NEW || template.data) && (
        <TemplateEditor
          key={`${company}/${name}`}
          company={company}
          file={files.data.find((file) => file.name === name)}
          text={name === NEW ? FIRST : (template.data?.text ?? "")}
          tokens={tokens.data}
        />
      )}
    </AdminPage>
  );
}
