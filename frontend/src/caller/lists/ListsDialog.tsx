import { ActionIcon, Button, Checkbox, CloseButton, Modal, TextInput } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactList, createList, deleteList, updateList } from "../../shared/api/lists.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ContactFiles } from "../../shared/ui/ContactFiles.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useOwnPlaces } from "../search/useOwnPlaces.ts";
import classes from "./Lists.module.css";
import { useListChange, useLists } from "./useLists.ts";

type Props = { opened: boolean; onClose: () => void; onMade: (id: string) => void };

/** One's own lists: a name for each, and whether the colleagues see it. */
export function ListsDialog({ opened, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const own = useLists().filter((list) => list.mine);
  const mayImport = useOwnPlaces().includes("private");
  const [name, setName] = useState("");
  const create = useListChange(async () => {
    const made = await createList({ name });
    setName("");
    onMade(made.id);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && !create.isPending) create.mutate(undefined);
  };
  return (
    // Not the simple form of Modal: its title would be a second banner of the page.
    <Modal.Root opened={opened} onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("caller.lists.title")}>
        <Modal.Body>
          <div className={classes.head}>
            <h2 className={classes.title}>{t("caller.lists.title")}</h2>
            <CloseButton aria-label={t("close")} onClick={onClose} />
          </div>
      {own.length === 0 && <p className={classes.none}>{t("caller.lists.none")}</p>}
      {own.map((list) => (
        <Line key={`${list.id} ${list.version}`} list={list} />
      ))}
      <form className={classes.line} onSubmit={submit}>
        <TextInput
          className={classes.name}
          label={t("caller.lists.new")}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" className={classes.make} loading={create.isPending}>
          {t("caller.lists.make")}
        </Button>
      </form>
      {create.error && <ProblemLine problem={problemOf(create.error)} />}
      <ContactFiles title={t("caller.lists.files")} kept={{}} imports={mayImport} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Line({ list }: { list: ContactList }) {
  const { t } = useTranslation();
  const mayPublish = useAuthorised("AuthorizePublicList");
  const [name, setName] = useState(list.name);
  const change = useListChange((fields: { name?: string; public?: boolean }) =>
    updateList(list, fields),
  );
  const remove = useListChange(() => deleteList(list));
  const problem = change.error ?? remove.error;
  const rename = () => {
    if (name.trim() !== "" && name !== list.name) change.mutate({ name });
  };
  return (
    <>
      <div className={classes.line}>
        <TextInput
          className={classes.name}
          aria-label={t("caller.lists.name", { name: list.name })}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === "Enter" && rename()}
        />
        {(mayPublish || list.public) && (
          <Checkbox
            size="xs"
            label={t("caller.lists.public")}
            checked={change.variables?.public ?? list.public}
            onChange={(event) => change.mutate({ public: event.currentTarget.checked })}
          />
        )}
        <ActionIcon
          aria-label={t("caller.lists.remove", { name: list.name })}
          title={t("caller.lists.remove", { name: list.name })}
          onClick={() => remove.mutate(undefined)}
        >
          <Trash2 size={15} />
        </ActionIcon>
      </div>
      {problem && <ProblemLine problem={problemOf(problem)} />}
    </>
  );
}
