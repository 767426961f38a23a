import { NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { chooseProfile } from "../../shared/api/profiles.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useProfiles } from "../phone/profile.ts";

/** Which profile is chosen; not there for whoever has none. */
export function ProfileSwitch() {
  const { t } = useTranslation();
  const profiles = useProfiles()?.profiles ?? [];
  const choose = useMutation({ mutationFn: (id: string) => chooseProfile(id || null) });
  if (profiles.length === 0) return null;
  const chosen = profiles.find((profile) => profile.chosen)?.id ?? "";
  return (
    <div>
      <NativeSelect
        size="xs"
        label={t("caller.profiles.one")}
        data={[
          { value: "", label: t("caller.profiles.noneChosen") },
          ...profiles.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={choose.isPending ? choose.variables : chosen}
        disabled={choose.isPending}
        onChange={(event) => choose.mutate(event.currentTarget.value)}
      />
      {choose.error && (
        <ProblemLine problem={problemOf(choose.error)} onClose={() => choose.reset()} />
      )}
    </div>
  );
}
