import type { KeyboardEvent } from "react";
import type { Contact } from "../../shared/api/types.ts";
import { useWatched } from "../../shared/live/context.tsx";
import { useDial } from "../phone/Phone.tsx";
import { preferred } from "../search/suggest.ts";
import classes from "./People.module.css";
import { PersonLine } from "./PersonLine.tsx";
import { useCarried } from "./useCarried.ts";
import { useWalk } from "./useWalk.ts";

type Props = {
  people: Contact[];
  ordering: boolean;
  onOrder: ((ids: string[]) => void) | undefined;
};

/** One stop for the Tab key; arrows walk it, with Alt they move who is there; Enter opens the card,
 * Ctrl+Enter calls. */
export function PeopleList({ people, ordering, onOrder }: Props) {
  useWatched(people.flatMap((person) => person.user ?? []));
  const dial = useDial();
  const { list, index, setAt, move, focusAt } = useWalk(people.length);
  const { moved, carry, put } = useCarried(people, onOrder, setAt, focusAt);
  const call = (person: Contact) => {
    const number = preferred(person);
    if (number) void dial(number.number, person.displayName);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = people[index];
    if (event.altKey && event.key === "ArrowDown") carry(index, 1);
    else if (event.altKey && event.key === "ArrowUp") carry(index, -1);
    else if (event.key === "Enter" && event.ctrlKey && person) call(person);
    else if (!move(event.key)) return;
    event.preventDefault();
  };
  return (
    <>
      <span role="status" className="visually-hidden">
        {moved}
      </span>
      <ul ref={list} className={classes.list} onKeyDown={onKeyDown}>
        {people.map((person, n) => (
          <PersonLine
            key={person.id}
            person={person}
            stop={n === index}
            onStop={() => setAt(n)}
            onCall={() => call(person)}
            carrying={ordering ? { first: n === 0, last: n === people.length - 1 } : null}
            onCarry={onOrder ? (by) => carry(n, by) : undefined}
            onPut={onOrder ? (id) => put(id, n) : null}
          />
        ))}
      </ul>
    </>
  );
}
