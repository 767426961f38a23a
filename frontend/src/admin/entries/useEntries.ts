import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { request } from "../../shared/api/client.ts";

type Position = string | number;
type Found<E> = { entries: E[]; before: Position | null };
type Query = Record<string, string>;

type Options = {
  enabled?: boolean;
  /** Milliseconds until it looks again. */
  every?: number;
};

/** The newest entries of a journal of the server, and older ones as they are asked for. */
export function useEntries<E>(place: string, query: Query, { enabled = true, every }: Options = {}) {
  const found = useInfiniteQuery<
    Found<E>,
    Error,
    InfiniteData<Found<E>>,
    unknown[],
    Position | null
  >({
    queryKey: ["admin", "entries", place, query],
    // Changed by what is done on other pages: looked at again by whoever comes back.
    staleTime: 0,
    queryFn: ({ pageParam, signal }) =>
      request<Found<E>>("GET", place, {
        query: { ...query, ...(pageParam === null ? {} : { before: String(pageParam) }) },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.before,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: every ?? false,
  });
  return { ...found, entries: found.data?.pages.flatMap((page) => page.entries) ?? [] };
}

export type Entries = ReturnType<typeof useEntries>;
