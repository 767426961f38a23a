import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../shared/api/types.ts";

/** Moves people of a list to another place, says so, and takes the keyboard with who is moved. */
export function useCarried(
  people: Contact[],
  onOrder: ((ids: string[]) => void) | undefined,
  setAt: (n: number) => void,
  focusAt: (n: number) => void,
) {
  const { t } = useTranslation();
  const [moved, setMoved] = useState("");
  const carried = useRef<string | null>(null);
  const carry = (from: number, by: -1 | 1) => place(from, from + by);
  /** Who was dropped on the line of somebody else takes that place; who is not of the list has none. */
  const put = (id: string, to: number) => {
    const from = people.findIndex((person) => person.id === id);
    if (from >= 0 && from !== to) place(from, to);
  };
  const place = (from: number, to: number) => {
    const ids = people.map((person) => person.id);
    const [id] = ids.splice(from, 1);
    if (!onOrder || !id || to < 0 || to > ids.length) return;
    ids.splice(to, 0, id);
    onOrder(ids);
    setAt(to);
    carried.current = id;
    const name = people[from]?.displayName ?? "";
    setMoved(t("caller.lists.moved", { name, place: to + 1, count: people.length }));
  };
  useEffect(() => {
    const here = people.findIndex((person) => person.id === carried.current);
    if (here >= 0) focusAt(here);
    carried.current = null;
  }, [people.map((person) => person.id).join()]);
  return { moved, carry, put };
}
