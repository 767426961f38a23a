import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ParameterExplanation, ParameterSetting } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Parameter } from "../rows.ts";
import { useHolders } from "./holders.ts";
import own from "./Parameters.module.css";
import { valueWords } from "./words.ts";

/** What a parameter is for one user, as it is stored, and which value won. */
export function Explained({ parameter }: { parameter: Parameter }) {
  const { t } = useTranslation();
  const users = useHolders().user;
  const [user, setUser] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["admin", "explained", parameter.name, user],
    queryFn: () =>
      request<ParameterExplanation[]>(
        "GET",
        `/admin/users/${encodeURIComponent(user ?? "")}/parameters`,
        { query: { parameter: parameter.name } },
      ),
    enabled: user !== null,
  });
  const why = user ? found.data?.[0] : undefined;
  const where = ({ level, name, row }: ParameterSetting) => {
    if (row === null) return t("admin.parameters.from.tws");
    if (level === "default") return t("admin.parameters.from.default");
    return t("admin.parameters.from.holder", {
      level: t(`admin.parameters.levels.${level}`),
      name,
    });
  };
  return (
    <div>
      <Select
        label={t("admin.parameters.forUser")}
        placeholder={t("admin.parameters.choose")}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("close") }}
        limit={80}
        nothingFoundMessage={t("none")}
        data={users}
        value={user}
        onChange={setUser}
      />
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      <div role="status" className={own.explained}>
        {why && (
          <>
            <strong>{valueWords(t, parameter, why.value)}</strong> · {where(why.winner)}
            {why.losers.map((each, n) => (
              <span key={n} className={own.quiet}>
                {t("admin.parameters.insteadOf", {
                  value: valueWords(t, parameter, each.value),
                  where: where(each),
                })}
              </span>
            ))}
          </>
        )}
      </div>
    </div>
  );
}
