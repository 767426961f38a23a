import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ScimTokenValue } from "../../shared/api/types.generated.ts";
import { useMoment } from "./moment.ts";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useRefresh } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { Question } from "../form/Question.tsx";
import type { ScimConnection } from "../rows.ts";
import { addressOf } from "./connection.ts";
import own from "./Token.module.css";

/** Of the products' own forms, in their words. */
const FIELDS = [
  ["Entra ID", "Tenant URL / URL de locataire", "Secret Token / Jeton secret"],
  ["Okta", "SCIM connector base URL", "HTTP Header, Authorization"],
] as const;

/** What the provider is told: the address, and the token, which is shown when it is made. */
export function Token({ row }: { row: ScimConnection }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [asking, setAsking] = useState<"POST" | "DELETE" | null>(null);
  const place = `/admin/scim-connections/${encodeURIComponent(row.id)}/token`;
  const change = useMutation({
    mutationFn: (method: "POST" | "DELETE") => request<Partial<ScimTokenValue>>(method, place),
    onSettled: () => setAsking(null),
    onSuccess: refresh,
  });
  const made = row.tokenMade === null ? undefined : change.data?.token;
  const address = addressOf(row, window.location.origin);
  return (
    <section className={classes.part} aria-label={t("admin.scim.provider")}>
      <h3 className={classes.legend}>{t("admin.scim.provider")}</h3>
      <dl className={own.facts}>
        <Fact label={t("admin.scim.address")} text={address} />
        {made && <Fact label={t("admin.scim.token")} text={made} />}
      </dl>
      {address.startsWith("http:") && <p className={own.warning}>{t("admin.scim.plain")}</p>}
      {made && <p role="status">{t("admin.scim.once")}</p>}
      <p className={classes.quiet}>
        <Standing row={row} />
      </p>
      <div className={own.actions}>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => (row.tokenMade ? setAsking("POST") : change.mutate("POST"))}
        >
          {t(row.tokenMade ? "admin.scim.makeNew" : "admin.scim.make")}
        </Button>
        {row.tokenMade && (
          <Button variant="default" disabled={change.isPending} onClick={() => setAsking("DELETE")}>
            {t("admin.scim.revoke")}
          </Button>
        )}
      </div>
      {change.error && <ProblemLine problem={problemOf(change.error)} onClose={change.reset} />}
      <details className={own.how}>
        <summary>{t("admin.scim.how")}</summary>
        <ul>
          {FIELDS.map(([product, forAddress, forToken]) => (
            <li key={product}>
              {product} – {t("admin.scim.address")}: {forAddress}; {t("admin.scim.token")}:{" "}
              {forToken}
            </li>
          ))}
        </ul>
      </details>
      {asking && (
        <Question
          title={t(asking === "POST" ? "admin.scim.makeNew" : "admin.scim.revoke")}
          words={t("admin.scim.ends")}
          submit={t(asking === "POST" ? "admin.scim.make" : "admin.scim.revoke")}
          busy={change.isPending}
          onYes={() => change.mutate(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function Standing({ row }: { row: ScimConnection }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (row.tokenMade === null) return <>{t("admin.scim.noTokenYet")}</>;
  const madeAt = t("admin.scim.madeAt", { moment: moment(row.tokenMade) });
  const usedAt = row.tokenUsed
    ? t("admin.scim.usedAt", { moment: moment(row.tokenUsed) })
    : t("admin.scim.neverUsed");
  return (
    <>
      {madeAt} {usedAt}
    </>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code className={own.value}>{text}</code>
        <CopyText text={text} label={t("admin.scim.copyOf", { what: label })} />
      </dd>
    </div>
  );
}
