import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import classes from "../../shared/account/Account.module.css";
import { PasskeyList } from "../../shared/account/PasskeyList.tsx";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { PasskeyValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";

/** Those of somebody else, for whoever lost the device; nothing where there are none. */
export function PasskeysOf({ place }: { place: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = ["passkeys", place];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<PasskeyValue[]>("GET", place, { signal }),
  });
  if (found.error) return <ProblemLine problem={problemOf(found.error)} />;
  if (!found.data?.length) return null;
  return (
    <section aria-label={t("account.passkeys")}>
      <h3 className={classes.title}>{t("account.passkeys")}</h3>
      <PasskeyList
        passkeys={found.data}
        onRemoved={() => queries.invalidateQueries({ queryKey: key })}
      />
    </section>
  );
}
