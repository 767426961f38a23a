import { useAuthorised } from "../../shared/live/parameters.ts";

/** Whether one may write notes: not for a moment longer. */
export function useMayWrite(): boolean {
  return useAuthorised("AuthorizeNote");
}
