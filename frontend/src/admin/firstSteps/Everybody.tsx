import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { create, useRefresh } from "../data.ts";
import type { Domain, Group, User } from "../rows.ts";
import classes from "./FirstSteps.module.css";
import { CALLER } from "./steps.ts";

/** The guide's group `All`, with everybody of the domain, and the Caller for it. */
export function Everybody(props: { domain: Domain; users: User[]; groups: Group[] }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const name = t("admin.firstSteps.everybody.group");
  const users = props.users.filter((user) => user.domain === props.domain.id);
  const making = useMutation({
    mutationFn: async () => {
      const known = props.groups.find(
        (one) => one.domain === props.domain.id && one.name === name,
      );
      const group = known ?? (await create("groups", { domain: props.domain.id, name }));
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
