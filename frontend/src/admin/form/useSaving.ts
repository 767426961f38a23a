import { useAddress } from "../address/context.tsx";
import { create, type ListName, type RowOf, remove, update, useRefresh } from "../data.ts";

/** Writes a row of a list, then shows it as it was stored. */
export function useSaving<L extends ListName>(
  list: L,
  row: (RowOf<L> & { id: string; version: number }) | null,
) {
  const { go, hold } = useAddress();
  const refresh = useRefresh();
  return {
    refresh,
    /** `body` for a new row, `changes` for an old one; `after` goes on with what belongs to the row. */
    save: async (
      body: object,
      changes: object,
      over?: number,
      after?: (saved: RowOf<L>) => Promise<void>,
    ): Promise<void> => {
      const saved = row
        ? await update(list, { id: row.id, version: over ?? row.version }, changes)
        : await create(list, body);
      try {
        await after?.(saved);
      } finally {
        hold(null);
        go({ edit: (saved as { id: string }).id });
        await refresh();
      }
    },
    remove: () => (row ? remove(list, row) : Promise.resolve()),
  };
}
