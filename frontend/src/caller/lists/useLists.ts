import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { type ContactList, contactLists, contactsOfList, orderList } from "../../shared/api/lists.ts";
import type { ListsValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";

/** Another text after each change of a list, in whichever window. */
function useChanged(): string {
  return useValue<ListsValue>("lists")?.changed ?? "";
}

/** One's own lists, then the public ones. */
export function useLists(): ContactList[] {
  const found = useQuery({
    queryKey: ["lists", useChanged()],
    queryFn: ({ signal }) => contactLists(signal),
    placeholderData: keepPreviousData,
  });
  return found.data ?? [];
}

/** Who is in a list; nothing is asked where none is chosen. */
export function useContactsOf(list: string | null) {
  return useQuery({
    queryKey: ["contacts", "ofList", list, useChanged()],
    queryFn: ({ signal }) => contactsOfList(list ?? "", signal),
    enabled: list !== null,
    placeholderData: (was, query) => (query?.queryKey[2] === list ? was : undefined),
  });
}

/** Does something to a list; what is shown of lists is asked again then. */
export function useListChange<T>(change: (given: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => done?.(),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["lists"] });
      await queries.invalidateQueries({ queryKey: ["contacts", "ofList"] });
    },
  });
}

/** Gives a list of one's own another order: one change after the other, each upon the last. */
export function useOrder(list: ContactList | undefined) {
  const queries = useQueryClient();
  const version = useRef(0);
  const id = list?.id ?? "";
  return useMutation({
    scope: { id: `order ${id}` },
    mutationFn: (contacts: string[]) =>
      orderList(id, Math.max(version.current, list?.version ?? 0), contacts),
    onSuccess: (changed) => {
      version.current = changed.version;
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["lists"] });
      await queries.invalidateQueries({ queryKey: ["contacts", "ofList"] });
    },
  });
}
