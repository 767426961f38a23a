import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Asked, listNotes, type Note } from "../../shared/api/notes.ts";
import type { JournalValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";

/** Another text after each change in the journal but for calls, in whichever window. */
export function useChanged(): string {
  return useValue<JournalValue>("journal")?.changed ?? "";
}

/** Newest first; nothing is asked where `asked` is null. */
export function useNotes(asked: Asked | null): Note[] {
  const found = useQuery({
    queryKey: ["notes", asked, useChanged()],
    queryFn: ({ signal }) => listNotes(asked ?? {}, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return (asked !== null && found.data?.entries) || [];
}

/** Writes, changes or deletes a note; what is shown of notes is asked again then. */
export function useNoteChange<T>(change: (given: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => done?.(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notes"] }),
  });
}
