import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { ListPlus, Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLists } from "../lists/useLists.ts";
import { useOwnPlaces } from "../search/useOwnPlaces.ts";
import { useView } from "../view.tsx";
import classes from "./People.module.css";
import { KINDS, type Which } from "./which.ts";
import { later } from "../../shared/later.ts";

// Not needed to take a call: fetched behind what is.
const ListsDialog = later(() => import("../lists/ListsDialog.tsx"), "ListsDialog");

type Props = {
  which: Which;
  onWhich: (which: Which) => void;
  text: string;
  onText: (text: string) => void;
};

/** Which people, or which list; a text to find among them; and the way to add more. */
export function Filters({ which, onWhich, text, onText }: Props) {
  const { t } = useTranslation();
  const { select, list, showList } = useView();
  const lists = useLists();
  const mayWrite = useOwnPlaces().length > 0;
  const [managing, setManaging] = useState(false);
  const choose = (value: string) => {
    const chosen = lists.find((one) => one.id === value);
    showList(chosen?.id ?? null);
    onWhich(chosen ? "all" : (value as Which));
  };
  return (
    <div className={classes.head}>
      <NativeSelect
        size="xs"
        className={classes.which}
        aria-label={t("caller.people.list")}
        data={[
          ...KINDS.map((value) => ({ value: value as string, label: t(`caller.people.${value}`) })),
          ...lists.map((one) => ({
            value: one.id,
            label: one.mine
              ? one.name
              : t("caller.lists.ofOther", { name: one.name, owner: one.owner }),
          })),
        ]}
        value={list ?? which}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <ActionIcon
        aria-label={t("caller.lists.title")}
        title={t("caller.lists.title")}
        onClick={() => setManaging(true)}
      >
        <ListPlus size={16} />
      </ActionIcon>
      <Suspense>
        <ListsDialog opened={managing} onClose={() => setManaging(false)} onMade={showList} />
      </Suspense>
      <TextInput
        size="xs"
        className={classes.filter}
        aria-label={t("caller.people.filter")}
        placeholder={t("caller.people.filterShort")}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {mayWrite && (
        <ActionIcon
          aria-label={t("caller.people.add")}
          title={t("caller.people.add")}
          onClick={() => select({ show: "create", number: "", name: "" })}
        >
          <Plus size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
