import { useTranslation } from "react-i18next";
import { addToList } from "../../shared/api/lists.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Lists.module.css";
import { personTarget, useCarriedPerson } from "./person.ts";
import { useListChange, useLists } from "./useLists.ts";

/** One's own lists, while a person is carried: dropped on one, the person is in it. */
export function DropStrip() {
  const { t } = useTranslation();
  const carried = useCarriedPerson();
  const own = useLists().filter((list) => list.mine);
  const add = useListChange((to: { list: string; person: string }) =>
    addToList(to.list, to.person),
  );
  const added = add.isSuccess ? own.find((list) => list.id === add.variables.list) : undefined;
  return (
    <>
      {carried && own.length > 0 && (
        <ul className={classes.strip} aria-label={t("caller.lists.drop", { name: carried.name })}>
          {own.map((list) => (
            <li
              key={list.id}
              className={classes.drop}
              {...personTarget((person) => add.mutate({ list: list.id, person }))}
            >
              {list.name}
            </li>
          ))}
        </ul>
      )}
      <span role="status" className="visually-hidden">
        {added && t("caller.lists.added", { name: added.name })}
      </span>
      {add.error && <ProblemLine problem={problemOf(add.error)} onClose={() => add.reset()} />}
    </>
  );
}
