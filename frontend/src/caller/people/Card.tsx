import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useView } from "../view.tsx";
import { OnCard } from "../writing.tsx";
import classes from "./Card.module.css";
import { Hints } from "./Hints.tsx";
import { later } from "../../shared/later.ts";
import { surely } from "../../shared/surely.ts";

// Not needed to take a call: fetched behind what is.
const card = () => import("./ContactCard.tsx");
const form = () => import("./ContactForm.tsx");
const ContactCard = later(card, "ContactCard");
const CreateContact = later(form, "CreateContact");
const ExternalCard = later(() => import("../chat/ExternalCard.tsx"), "ExternalCard");
const EditContact = later(form, "EditContact");

/** The selected person, or the form that makes or changes one. */
export function Card() {
  const { t } = useTranslation();
  const { selection } = useView();
  const kept = useKeptFocus<HTMLElement>();
  useEffect(() => {
    void surely(card);
    void surely(form);
  }, []);
  return (
    <section
      ref={kept}
      className={classes.region}
      aria-label={t("caller.regions.card")}
      tabIndex={-1}
    >
      {selection === null && <Hints />}
      <Suspense>
        {selection?.show === "contact" && (
          <OnCard>
            <ContactCard key={selection.id} id={selection.id} />
          </OnCard>
        )}
        {selection?.show === "external" && <ExternalCard key={selection.id} id={selection.id} />}
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
