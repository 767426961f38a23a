import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { create, useList, useRefresh } from "../data.ts";
import type { Domain } from "../rows.ts";
import classes from "./FirstSteps.module.css";

export const CALLER = "TWS Caller";
/** In whichever language somebody made it before. */
const NAMES = ["All", "Tous"];

/** The guide's group `All`, with everybody of the domain, and the Caller for it. */
export function Everybody({ domain }: { domain: Domain }) {
  const { t } = useTranslation();
  const groups = useList("groups").data ?? [];
  const all = useList("users").data ?? [];
  const refresh = useRefresh();
  const name = t("admin.firstSteps.everybody.group");
  const users = all.filter((user) => user.enabled && user.domain === domain.id);
  const making = useMutation({
    mutationFn: async () => {
      const known = groups.find((one) => one.domain === domain.id && NAMES.includes(one.name));
      const group = known ?? (await create("groups", { domain: domain.id, name }));
      const members = new Set([...group.members, ...users.map((user) => user.id)]);
      await request("PUT", `/admin/groups/${encodeURIComponent(group.id)}/members`, {
        body: { version: group.version, members: [...members] },
      });
      await create("grants", {
        kind: "application",
        objectKind: "application",
        object: CALLER,
        granteeKind: "group",
        grantee: group.id,
      });
    },
    onSettled: refresh,
  });
  return (
    <div className={classes.acts}>
      <Button size="xs" loading={making.isPending} onClick={() => making.mutate()}>
        {t("admin.firstSteps.everybody.make", { name, count: users.length })}
      </Button>
      {making.error && <ProblemLine problem={problemOf(making.error)} />}
    </div>
  );
}
