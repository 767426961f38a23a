import { Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { addToList, removeFromList } from "../../shared/api/lists.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useView } from "../view.tsx";
import classes from "./Lists.module.css";
import { useContactsOf, useListChange, useLists } from "./useLists.ts";

/** Puts the contact into one's lists, or takes it out of the one that is shown. */
export function OnCard({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { list: shown } = useView();
  const own = useLists().filter((list) => list.mine);
  const open = own.find((list) => list.id === shown);
  const inOpen = useContactsOf(open?.id ?? null).data?.some((one) => one.id === contact.id);
  const add = useListChange((list: string) => addToList(list, contact.id));
  const remove = useListChange((list: string) => removeFromList(list, contact.id));
  const problem = add.error ?? remove.error;
  const added = own.find((list) => list.id === add.variables && add.isSuccess);
  if (own.length === 0) return null;
  return (
    <div className={classes.onCard}>
      <NativeSelect
        size="xs"
        aria-label={t("caller.lists.add")}
        data={[
          { value: "", label: t("caller.lists.add") },
          ...own.map((list) => ({ value: list.id, label: list.name })),
        ]}
        value=""
        onChange={(event) => event.currentTarget.value && add.mutate(event.currentTarget.value)}
      />
      {open && inOpen && (
        <Button size="compact-xs" variant="default" onClick={() => remove.mutate(open.id)}>
          {t("caller.lists.takeOut", { name: open.name })}
        </Button>
      )}
      {added && <span role="status">{t("caller.lists.added", { name: added.name })}</span>}
      {problem && <ProblemLine problem={problemOf(problem)} />}
    </div>
  );
}
