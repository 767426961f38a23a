import { useAddress } from "../address/context.tsx";
import { create, type ListName, type RowOf, remove, update, useRefresh } from "../data.ts";

/** Whether a row that was made a moment ago is gone again; where it is not the list shows it. */
async function takenBack(list: ListName, made: { id: string; version: number }): Promise<boolean> {
  return remove(list, made).then(
    () => true,
    () => false,
  );
}

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
      } catch (error) {
        // Half of a new row is worse than none: the form stays, and says what was refused.
        if (!row && (await takenBack(list, saved as { id: string; version: number }))) throw error;
        await refresh();
        throw error;
      }
      hold(null);
      go({ edit: (saved as { id: string }).id });
      await refresh();
    },
    remove: () => (row ? remove(list, row) : Promise.resolve()),
  };
}
