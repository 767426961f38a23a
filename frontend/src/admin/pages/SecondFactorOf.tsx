import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { SecondFactorValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";

/** That of somebody else, for whoever lost the telephone; nothing where there is none. */
export function SecondFactorOf({ place }: { place: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = ["second-factor", place];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<SecondFactorValue>("GET", place, { signal }),
  });
  const remove = useMutation({
    mutationFn: () => request("DELETE", place),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const wrong = found.error ?? remove.error;
  return (
    <>
      {found.data?.needed && (
        <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("admin.users.factorRemove")}
        </Button>
      )}
      {wrong && <ProblemLine problem={problemOf(wrong)} />}
    </>
  );
}
