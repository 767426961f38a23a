import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Sessions } from "../../shared/account/Sessions.tsx";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { SecondFactorValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "../form/SideForm.module.css";
import { PasskeysOf } from "./PasskeysOf.tsx";
import { SignInTest } from "./SignInTest.tsx";
import { UserKeys } from "./UserKeys.tsx";

/** Where a user is signed in, and their second factor, for whoever lost the telephone. */
export function UserSecurity({ user }: { user: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const place = `/admin/users/${user}/second-factor`;
  const key = ["second-factor", user];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<SecondFactorValue>("GET", place, { signal }),
  });
  const remove = useMutation({
    mutationFn: () => request("DELETE", place),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <div className={classes.part}>
      <SignInTest user={user} />
      <Sessions user={user} />
      <UserKeys user={user} />
      <PasskeysOf place={`/admin/users/${user}/passkeys`} />
      {found.data?.needed && (
        <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("admin.users.factorRemove")}
        </Button>
      )}
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
    </div>
  );
}
