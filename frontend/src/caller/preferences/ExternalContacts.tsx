import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addContact } from "../../shared/api/external.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ExternalContactValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useView } from "../view.tsx";
import { Availability } from "../chat/Availability.tsx";
import classes from "../chat/External.module.css";
import { Question } from "../chat/Question.tsx";

type Props = { contacts: readonly ExternalContactValue[]; connected: boolean };

/** Who is known outside, who asks, and somebody more. */
export function ExternalContacts({ contacts, connected }: Props) {
  const { t } = useTranslation();
  const { select } = useView();
  return (
    <>
      {contacts.length > 0 && (
        <ul className={classes.people} aria-label={t("caller.external.people")}>
          {contacts.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={classes.person}
                title={t("caller.external.write", { name: one.displayName })}
                onClick={() => select({ show: "external", id: one.id })}
              >
                <Availability of={one.availability} />
                <span className={classes.who}>{one.displayName}</span>
                {one.displayName !== one.address && (
                  <span className={classes.address}>{one.address}</span>
                )}
              </button>
              <Question contact={one} />
            </li>
          ))}
        </ul>
      )}
      {connected && <Add />}
    </>
  );
}

function Add() {
  const { t } = useTranslation();
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () => addContact({ address, name }),
    onSuccess: () => {
      setAddress("");
      setName("");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!add.isPending) add.mutate();
  };
  return (
    <form aria-label={t("caller.external.add")} onSubmit={submit}>
      <div className={classes.add}>
        <TextInput
          label={t("caller.external.addAddress")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label={t("caller.external.addName")}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t("caller.external.add")}
        </Button>
      </div>
      {add.error && <ProblemLine problem={problemOf(add.error)} />}
    </form>
  );
}
