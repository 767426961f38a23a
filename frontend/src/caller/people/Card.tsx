import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useView } from "../view.tsx";
import classes from "./Card.module.css";
import { ContactCard } from "./ContactCard.tsx";
import { Hints } from "./Hints.tsx";

// Not needed to take a call: fetched behind what is.
const form = () => import("./ContactForm.tsx");
const CreateContact = lazy(async () => ({ default: (await form()).CreateContact }));
const EditContact = lazy(async () => ({ default: (await form()).EditContact }));

/** The selected person, or the form that makes or changes one. */
export function Card() {
  const { t } = useTranslation();
  const { selection } = useView();
  const kept = useKeptFocus<HTMLElement>();
  useEffect(() => void form(), []);
  return (
    <section
      ref={kept}
      className={classes.region}
      aria-label={t("caller.regions.card")}
      tabIndex={-1}
    >
      {selection === null && <Hints />}
      {selection?.show === "contact" && <ContactCard key={selection.id} id={selection.id} />}
      <Suspense>
        {selection?.show === "edit" && <EditContact key={selection.id} id={selection.id} />}
        {selection?.show === "create" && (
          <CreateContact
            key={`${selection.number} ${selection.name}`}
            number={selection.number}
            name={selection.name}
          />
        )}
      </Suspense>
    </section>
  );
}
