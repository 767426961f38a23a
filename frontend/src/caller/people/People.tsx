import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { DropStrip } from "../lists/DropStrip.tsx";
import { ListBar } from "../lists/ListBar.tsx";
import { useView } from "../view.tsx";
import { Advanced } from "./Advanced.tsx";
import { Filters } from "./Filters.tsx";
import { Nobody } from "./Nobody.tsx";
import { PeopleList } from "./PeopleList.tsx";
import classes from "./People.module.css";
import { usePeople } from "./usePeople.ts";

/** Everybody one may call: dense, filtered as one types. */
export function People() {
  const { t } = useTranslation();
  const { searchByField } = useView();
  const [ordering, setOrdering] = useState(false);
  const shown = usePeople();
  const { people, open, problem } = shown;
  return (
    <section className={classes.people} aria-label={t("caller.regions.people")}>
      <h2 className="visually-hidden">{t("caller.regions.people")}</h2>
      <Filters which={shown.which} onWhich={shown.setWhich} text={shown.text} onText={shown.setText} />
      {shown.byField && (
        <Advanced
          criteria={shown.criteria}
          onChange={shown.setCriteria}
          onClose={() => searchByField(false)}
        />
      )}
      {people.some((person) => person.near) && (
        <p className={classes.empty} role="status">
          {t("caller.search.near")}
        </p>
      )}
      {shown.searchProblem && <ProblemLine problem={problemOf(shown.searchProblem)} />}
      {open && <ListBar list={open} ordering={ordering} onOrder={setOrdering} />}
      {shown.orderProblem && <ProblemLine problem={problemOf(shown.orderProblem)} />}
      {people.length > 0 && (
        <PeopleList
          people={people}
          ordering={ordering && Boolean(open?.mine)}
          onOrder={shown.mayOrder ? shown.putInOrder : undefined}
        />
      )}
      {problem && <ProblemLine problem={problemOf(problem)} />}
      {shown.nobody === "list" && <p className={classes.empty}>{t("caller.lists.empty")}</p>}
      {shown.nobody === "search" && (
        <Nobody which={shown.which} text={shown.asked} byField={shown.given} />
      )}
      {shown.more && <p className={classes.empty}>{t("caller.people.more")}</p>}
      <DropStrip />
    </section>
  );
}
