import { NativeSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import type { GrantKind, RightVerdict, User } from "../rows.ts";
import classes from "./Authorisations.module.css";
import { Chain } from "./Chain.tsx";
import { useEntries, useLabel } from "./named.ts";

/** Why a user sees something, or what keeps him from it. */
export function Why({ user }: { user: User }) {
  const { t } = useTranslation();
  const types = useList("grant-kinds").data ?? [];
  const entries = useEntries();
  const label = useLabel();
  const { address, go } = useAddress();
  const type = types.find((each) => each.kind === (address.filters.kind ?? "calendar"));
  const kind: GrantKind = type?.kind ?? "calendar";
  const objects = type?.objects ?? [];
  const object = address.filters.object ?? null;
  const ask = (filters: Record<string, string>) => go({ filters: { user: user.id, ...filters } });
  const found = useQuery({
    queryKey: ["admin", "why", user.id, kind, object],
    queryFn: () =>
      request<RightVerdict>("GET", `/admin/users/${encodeURIComponent(user.id)}/rights/why`, {
        query: { kind, object },
      }),
    enabled: object !== null,
    // Who asks why has just changed something, here or elsewhere.
    staleTime: 0,
  });
  const verdict = object === null ? undefined : found.data;
  const title = t("admin.rights.why", { name: user.displayName });
  return (
    <section className={classes.side} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.pair}>
        <NativeSelect
          label={t("admin.authorisations.type")}
          value={kind}
          data={types.map((each) => ({
            value: each.kind,
            label: t(`admin.authorisations.types.${each.kind}`),
          }))}
          onChange={(event) => ask({ kind: event.currentTarget.value })}
        />
        <Select
          key={kind}
          label={t(`admin.authorisations.first.${kind}`)}
          placeholder={t("admin.rights.choose")}
          searchable
          limit={80}
          nothingFoundMessage={t("none")}
          data={objects.map((each) => ({
            group: t(`admin.authorisations.kinds.${each}`),
            items: entries[each].map((one) => ({ value: one.id, label: label(one) })),
          }))}
          value={object}
          onChange={(id) => ask({ kind, ...(id && { object: id }) })}
        />
      </div>
      {object !== null && found.error && <ProblemLine problem={problemOf(found.error)} />}
      <div role="status">
        {verdict && (
          <>
            <p className={classes.verdict}>
              {t(verdict.sees ? "admin.rights.yes" : "admin.rights.no")}
            </p>
            <ul className={classes.reasons}>
              {verdict.own && <li>{t("admin.rights.own")}</li>}
              {verdict.denials.map((each) => (
                <li key={each.why}>
                  {whyWords(t, { ...each, status: 0, code: each.why })}{" "}
                  <code className={classes.quiet}>{each.why}</code>
                </li>
              ))}
              {verdict.reasons.map((reason) => (
                <li key={reason.grant}>
                  <Chain reason={reason} user={user} object={object ?? ""} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
