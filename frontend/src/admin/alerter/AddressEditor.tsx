import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { TokenValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useList } from "../data.ts";
import classes from "./Alerter.module.css";
import { Sample } from "./Sample.tsx";
import { TokenChoice } from "./TemplateText.tsx";
import { Unknown } from "./Unknown.tsx";
import { useTrial } from "./useTrial.ts";

/** Mode URL: an address tried on a call, before it becomes the parameter's value. */
export function AddressEditor({ company, tokens }: { company: string; tokens: TokenValue[] }) {
  const { t } = useTranslation();
  const values = useList("parameter-values").data ?? [];
  const set = values.find((row) => row.parameter === "AlerterUrl");
  const [typed, setTyped] = useState<string | null>(null);
  const first = typeof set?.value === "string" ? set.value : "https://";
  const text = typed ?? first;
  const { trial, tried, change } = useTrial(company, "URL", text);
  return (
    <div className={classes.body}>
      <div className={classes.column}>
        <TextInput
          label={t("admin.alerter.address")}
          description={t("admin.alerter.addressHelp")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.bar}>
          <TokenChoice tokens={tokens} onInsert={(token) => setTyped(text + token)} />
        </div>
        <Unknown names={tried.data?.unknown ?? []} />
        {tried.error && <ProblemLine problem={problemOf(tried.error)} />}
      </div>
      <Sample trial={trial} tried={tried.data} tokens={tokens} onChange={change} />
    </div>
  );
}
