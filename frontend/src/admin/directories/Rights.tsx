import { ActionIcon, NativeSelect, Select } from "@mantine/core";
import { Minus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { whyWords } from "../../shared/i18n/problem.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import runs from "../runs/Runs.module.css";
import own from "./Directories.module.css";
import { type Draft, type Grantee, tabOf } from "./directory.ts";
import { granteeKinds, useGrantees } from "./grantees.ts";
import { same } from "./grants.ts";

/** Who may look into a directory: of any domain of its company. */
export function Rights({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Grantee>("group");
  const who = useGrantees();
  const { grants } = form.draft;
  const name = (grant: (typeof grants)[number]) =>
    who[grant.kind].find((each) => each.value === grant.who)?.label ?? "?";
  const kinds = granteeKinds(who);
  const left = who[kind].filter(
    (each) => !grants.some((grant) => same(grant, { kind, who: each.value })),
  );
  const problem =
    form.problem && tabOf(form.problem.field) === "rights" ? whyWords(t, form.problem) : undefined;
  return (
    <div className={classes.fields}>
      <p className={classes.quiet}>{t("admin.directories.rightsHelp")}</p>
      {grants.length === 0 && <p>{t("admin.directories.nobody")}</p>}
      {grants.length > 0 && (
        <ul className={own.grants} aria-label={t("admin.directories.granted")}>
          {grants.map((grant) => (
            <li key={`${grant.kind} ${grant.who}`}>
              <span>
                {name(grant)}{" "}
                <span className={runs.quiet}>{t(`admin.directories.grantees.${grant.kind}`)}</span>
              </span>
              <ActionIcon
                aria-label={t("admin.directories.withdraw", { name: name(grant) })}
                onClick={() => form.set({ grants: grants.filter((each) => each !== grant) })}
              >
                <Minus size={15} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.pair}>
        <NativeSelect
          label={t("admin.directories.grantKind")}
          value={kind}
          data={kinds.map((value) => ({
            value,
            label: t(`admin.directories.grantees.${value}`),
          }))}
          onChange={(event) => setKind(event.currentTarget.value as Grantee)}
        />
        <Select
          key={`${kind} ${grants.length}`}
          label={t("admin.directories.grant")}
          placeholder={t("admin.directories.choose")}
          searchable
          limit={80}
          nothingFoundMessage={t("none")}
          data={left}
          value={null}
          error={problem}
          onChange={(id) => id && form.set({ grants: [...grants, { kind, who: id }] })}
        />
      </div>
    </div>
  );
}
