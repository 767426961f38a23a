import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFilter } from "../entries/useFilter.ts";
import { KINDS, STATES } from "./incident.ts";

/** Which incidents are shown. */
export function Filters() {
  const { t } = useTranslation();
  const given = useFilter((name) => t(`admin.incidents.filters.${name as "text"}`));
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
