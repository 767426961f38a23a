import { useQuery } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import type { PasswordResetValue } from "../api/types.generated.ts";

/** Whether this server sends letters; it says so to everybody alike. */
export function useOffered(): boolean {
  const asked = useQuery({
    queryKey: ["passwordReset"],
    queryFn: ({ signal }) => request<PasswordResetValue>("GET", "/password-reset", { signal }),
    retry: false,
  });
  return asked.data?.offered ?? false;
}
