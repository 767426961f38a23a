import { useAddress } from "../address/context.tsx";
import classes from "./Filter.module.css";

/** What a field needs that filters entries: it is in the address, so that a link can be sent. */
export function useFilter(words: (name: string) => string) {
  const { address, go } = useAddress();
  return (name: string) => ({
    size: "xs" as const,
    className: classes.filter,
    label: words(name),
    value: address.filters[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      go({ filters: { ...address.filters, [name]: event.currentTarget.value } }),
  });
}
