import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { named } from "../choices.ts";
import { useList } from "../data.ts";
import type { Form } from "./useForm.ts";

type Props = {
  form: Form<{ name: string; domain: string }>;
  /** Whose words they are. */
  of: "queues" | "intercomGroups" | "groups" | "sms" | "collaboration";
  /** There is none yet: it has a domain to be chosen, in which it stays. */
  isNew: boolean;
};

/** What a thing of a domain begins with. */
export function NameAndDomain({ form, of, isNew }: Props) {
  const { t } = useTranslation();
  const domains = useList("domains").data ?? [];
  return (
    <>
      <TextInput
        {...form.text("name", {
          label: t(`admin.${of}.name`),
          help: t(`admin.${of}.nameHelp`),
          required: true,
        })}
        autoFocus={isNew}
      />
      <Select
        {...form.choice("domain", {
          label: t(`admin.${of}.domain`),
          help: t(`admin.${of}.domainHelp`),
          required: true,
        })}
        disabled={!isNew}
        data={named(domains)}
      />
    </>
  );
}
