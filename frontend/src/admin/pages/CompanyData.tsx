import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ErasedValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useRefresh } from "../data.ts";
import type { Company } from "../rows.ts";
import classes from "./SignInTest.module.css";

/** All that belongs to a company: as a file, and taken away for ever by who writes its name. */
export function CompanyData({ of: company }: { of: Company }) {
  const { t } = useTranslation();
  const { go, hold } = useAddress();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  const place = `/admin/companies/${encodeURIComponent(company.id)}`;
  const erase = useMutation({
    mutationFn: () => request<ErasedValue>("POST", `${place}/erasure`, { body: { name } }),
    onSuccess: async () => {
      hold(null);
      go({ edit: null, company: null });
      await refresh();
    },
  });
  return (
    <section aria-label={t("admin.companies.data")}>
      <p className={classes.why}>{t("admin.companies.dataHelp")}</p>
      <Group>
        <Button
          component="a"
          href={`/api/v1${place}/export`}
          download
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
        >
          {t("admin.companies.export")}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t("admin.companies.erase")}
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("admin.companies.eraseTitle", { name: company.name })}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <p>{t("admin.companies.erases")}</p>
        <TextInput
          label={t("admin.companies.eraseName", { name: company.name })}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {erase.error && <ProblemLine problem={problemOf(erase.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button
            disabled={name.trim() !== company.name}
            loading={erase.isPending}
            onClick={() => erase.mutate()}
          >
            {t("admin.companies.erase")}
          </Button>
        </Group>
      </Modal>
    </section>
  );
}
