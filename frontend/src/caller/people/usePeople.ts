import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchContacts } from "../../shared/api/contacts.ts";
import type { Contact } from "../../shared/api/types.ts";
import { holds } from "../../shared/i18n/plain.ts";
import { useContactsOf, useLists, useOrder } from "../lists/useLists.ts";
import { useView } from "../view.tsx";
import { NO_CRITERIA } from "./Advanced.tsx";
import type { Which } from "./which.ts";

const MOST = 100;
const PAUSE = 100;

/** Whom the directory shows: who is found by what was typed, or who is in the chosen list. */
export function usePeople() {
  const { advanced, list } = useView();
  const [which, setWhich] = useState<Which>("all");
  const [text, setText] = useState("");
  const [criteria, setCriteria] = useState(NO_CRITERIA);
  const [asked] = useDebouncedValue(text.trim(), PAUSE);
  const [given] = useDebouncedValue(advanced ? criteria : NO_CRITERIA, PAUSE);
  const found = useQuery({
    queryKey: ["contacts", "list", asked, given],
    queryFn: ({ signal }) => searchContacts(asked, MOST, signal, given),
    placeholderData: keepPreviousData,
  });
  const inList = useContactsOf(list);
  const open = useLists().find((one) => one.id === list);
  const order = useOrder(open);
  // Known in the same moment as where the keyboard is: the next key may follow at once.
  const [wanted, setWanted] = useState<string[] | null>(null);
  const putInOrder = (ids: string[]) => {
    setWanted(ids);
    order.mutate(ids, { onSettled: () => setWanted(null) });
  };
  const inOrder = wanted ? ordered(inList.data ?? [], wanted) : inList.data;
  const people =
    list === null
      ? (found.data ?? []).filter((c) => which === "all" || c.source === which)
      : (inOrder ?? []).filter((c) => isCalled(c, text));
  const emptyOf = list === null ? found : inList;
  const nobody = people.length === 0 && emptyOf.isSuccess;
  return {
    which,
    setWhich,
    text,
    setText,
    criteria,
    setCriteria,
    people,
    /** What was asked for by the search that is shown, and whether by single fields. */
    asked,
    given: given !== NO_CRITERIA,
    byField: advanced && list === null,
    /** The list that is shown, if there is one, and how its order is changed. */
    open,
    putInOrder,
    orderProblem: order.error,
    // Among some of a list there is no next place.
    mayOrder: Boolean(open?.mine) && people.length === inList.data?.length,
    searchProblem: found.error,
    problem: list === null ? null : inList.error,
    nobody: nobody ? (list === null ? "search" : "list") : null,
    more: list === null && (found.data?.length ?? 0) >= MOST,
  } as const;
}

/** As it will be stored. */
function ordered(people: Contact[], ids: string[]): Contact[] {
  return [...people].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Whether all that was typed stands in the name or the company. */
function isCalled(person: Contact, text: string): boolean {
  return holds(`${person.displayName} ${person.company}`, text);
}
