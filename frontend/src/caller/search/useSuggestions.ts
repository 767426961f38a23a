import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { reverseLookup, searchContacts } from "../../shared/api/contacts.ts";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { isNumber, type Suggestion, suggestions } from "./suggest.ts";

const PAUSE = 100;
const LINES = 12;

/** What can be called for the text in a box; lists all numbers of contact `open`. */
export function useSuggestions(text: string) {
  const [open, setOpen] = useState<string | null>(null);
  const me = useValue<Me>("me")?.id ?? null;
  const [asked] = useDebouncedValue(text.trim(), PAUSE);
  const contacts = useQuery({
    queryKey: ["contacts", "suggest", asked],
    queryFn: ({ signal }) => searchContacts(asked, LINES, signal),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
  });
  const who = useQuery({
    queryKey: ["contacts", "reverse", asked],
    queryFn: ({ signal }) => reverseLookup(asked, signal),
    enabled: isNumber(asked),
  });
  const several = (asked === text.trim() && who.data?.several) || [];
  const each = useQueries({
    queries: several.map((number) => ({
      queryKey: ["contacts", "reverse", number],
      queryFn: ({ signal }: { signal: AbortSignal }) => reverseLookup(number, signal),
    })),
    combine: (results) => results.map((result) => result.data ?? null),
  });
  const lines: Suggestion[] = useMemo(
    () =>
      text.trim() === ""
        ? []
        : suggestions(
            text,
            contacts.data ?? [],
            asked === text.trim() ? (who.data ?? null) : null,
            open,
            each,
            me,
          ),
    [text, asked, contacts.data, who.data, open, each, me],
  );
  return {
    lines,
    /** Nobody is called what was typed: these are, with one letter otherwise. */
    near: lines.some((line) => line.contact?.near === true),
    open,
    setOpen,
    /** The lines are for the text as it is now, not for what it was. */
    fresh: asked === text.trim() && !contacts.isPlaceholderData && !contacts.isFetching,
    failed: contacts.isError,
  };
}
