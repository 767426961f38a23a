import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** What is known of it is old: it is asked for again, also where the first answer is still on its way. */
export async function readAgain(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  // A first reading that goes on would count as the new one, though it began before.
  await queries.cancelQueries({ queryKey });
  await queries.invalidateQueries({ queryKey });
}
