import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import own from "./Incidents.module.css";
import { KINDS, STATES } from "./incident.ts";

/** Which incidents are shown: it is in the address, so that a link can be sent. */
export function Filters() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const given = (name: string) => ({
    size: "xs" as const,
    className: own.filter,
    label: t(`admin.incidents.filters.${name as "text"}`),
    value: address.filters[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      go({ filters: { ...address.filters, [name]: event.currentTarget.value } }),
  });
  const everything = { value: "", label: t("admin.incidents.filters.everything") };
  return (
    <>
      <TextInput type="search" {...given("text")} />
      <NativeSelect
        {...given("state")}
        data={STATES.map((state) => ({
          value: state === "all" ? "" : state,
          label: t(`admin.incidents.states.${state}`),
        }))}
      />
      <NativeSelect
        {...given("kind")}
        data={[
          everything,
          ...KINDS.map((kind) => ({ value: kind, label: t(`admin.incidents.kinds.${kind}`) })),
        ]}
      />
      <NativeSelect
        {...given("of")}
        data={[
          everything,
          { value: "company", label: t("admin.incidents.filters.company") },
        ]}
      />
      <TextInput type="date" {...given("since")} />
      <TextInput type="date" {...given("until")} />
    </>
  );
}
