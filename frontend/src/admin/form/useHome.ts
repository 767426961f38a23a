import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";

/** The domain in which something new is made unless another is chosen: the one at the top, else the
 * first. */
export function useHome(): string {
  const { address } = useAddress();
  const domains = useList("domains").data ?? [];
  return address.domain ?? domains[0]?.id ?? "";
}
