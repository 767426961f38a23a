import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ApiKeyValue } from "../../shared/api/types.generated.ts";
import { fullTime, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Question } from "../form/Question.tsx";
import form from "../form/SideForm.module.css";
import classes from "./SignInTest.module.css";

/** A user's API keys, which an administrator can only end; nothing where there is none. */
export function UserKeys({ user }: { user: string }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<ApiKeyValue | null>(null);
  const key = ["api-keys", user];
  const found = useQuery({
    queryKey: key,
    staleTime: 0,
    queryFn: ({ signal }) =>
      request<ApiKeyValue[]>("GET", "/api-keys", { query: { user }, signal }),
  });
  const revoke = useMutation({
    mutationFn: (one: ApiKeyValue) => request("DELETE", `/api-keys/${one.id}`),
    onSettled: () => {
      setAsking(null);
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  const about = ({ seen, expires }: ApiKeyValue) =>
    [
      seen
        ? t("admin.users.keyUsed", { at: fullTime(seen, culture, timeZone) })
        : t("admin.users.keyUnused"),
      ...(expires
        ? [t("admin.users.keyUntil", { at: shortDay(expires, culture, timeZone) })]
        : []),
    ].join(" · ");
  if (!found.data?.length && !found.error) return null;
  return (
    <section aria-label={t("admin.users.keys")}>
      <h3 className={form.legend}>{t("admin.users.keys")}</h3>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {revoke.error && <ProblemLine problem={problemOf(revoke.error)} />}
      <ul className={classes.list}>
        {found.data?.map((one) => (
          <li key={one.id}>
            <strong>{one.label}</strong> <span className={classes.why}>{about(one)}</span>{" "}
            <Button
              variant="default"
              size="compact-xs"
              aria-label={t("admin.users.keyRevokeOf", { label: one.label })}
              onClick={() => setAsking(one)}
            >
              {t("admin.users.keyRevoke")}
            </Button>
          </li>
        ))}
      </ul>
      {asking && (
        <Question
          title={t("admin.users.keyRevokeOf", { label: asking.label })}
          words={t("admin.users.keyRevokes")}
          submit={t("admin.users.keyRevoke")}
          busy={revoke.isPending}
          onClose={() => setAsking(null)}
          onYes={() => revoke.mutate(asking)}
        />
      )}
    </section>
  );
}
