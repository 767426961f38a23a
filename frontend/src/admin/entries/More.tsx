import { Button } from "@mantine/core";
import type { Entries } from "./useEntries.ts";

type Props = {
  of: Pick<Entries, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
  words: string;
};

/** Fetches older entries, where there are any. */
export function More({ of: found, words }: Props) {
  if (!found.hasNextPage) return null;
  return (
    <Button
      variant="subtle"
      size="xs"
      loading={found.isFetchingNextPage}
      onClick={() => void found.fetchNextPage()}
    >
      {words}
    </Button>
  );
}
