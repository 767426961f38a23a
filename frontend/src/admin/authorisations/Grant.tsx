import { NativeSelect, SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { useInDomain, useList } from "../data.ts";
import type { Grantee } from "../directories/directory.ts";
import { granteeKinds, useGrantees } from "../directories/grantees.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";

const APPLICATIONS = ["TWS Caller", "TWS Toolkit"];
const CALENDARS = "calendars";
const DIRECTORY = "directory";

/** An application, calendars or a directory, for somebody. */
export function Grant() {
  const { t } = useTranslation();
  const saving = useSaving("authorisations", null);
  const sharing = useSaving("calendar-grants", null);
  const opening = useSaving("directory-grants", null);
  const directories = useList("directories").data ?? [];
  const grantees = useGrantees();
  const kinds = granteeKinds(grantees);
  const here = {
    group: new Set(useInDomain(useList("groups").data).map(({ id }) => id)),
    user: new Set(useInDomain(useList("users").data).map(({ id }) => id)),
  };
  const title = t("admin.form.create", { what: t("admin.authorisations.one") });
  const form = useForm(title, {
    application: "TWS Caller",
    kind: "group" as Grantee,
    who: "",
    owner: "",
  });
  const { application, kind, who, owner } = form.draft;
  const ofCalendars = application === CALENDARS;
  const ofDirectory = application === DIRECTORY;
  // Calendars and directories are shown across the domains of a company.
  const choices = (of: "group" | "user") =>
    ofCalendars ? grantees[of] : grantees[of].filter(({ value }) => here[of].has(value));
  const save = () => {
    if (ofDirectory) {
      const body = { directory: owner, [kind]: who };
      return opening.save(body, body);
    }
    if (ofCalendars) {
      const ofGroup = grantees.group.some(({ value }) => value === owner);
      const body = { [ofGroup ? "ofGroup" : "ofUser"]: owner, [kind]: who };
      return sharing.save(body, body);
    }
    const body = { application, [kind]: who };
    return saving.save(body, body);
  };
  return (
    <SideForm title={title} form={form} save={save}>
      <Select
        {...form.choice("application", {
          label: t("admin.authorisations.application"),
          help: t("admin.authorisations.applicationHelp"),
        })}
        data={[
          ...APPLICATIONS,
          { value: CALENDARS, label: t("admin.authorisations.calendars") },
          { value: DIRECTORY, label: t("admin.authorisations.directory") },
        ]}
        onChange={(to) => to && form.set({ application: to, kind: "group", who: "", owner: "" })}
      />
      {ofCalendars && (
        <Select
          {...form.choice("owner", {
            label: t("admin.authorisations.owner"),
            help: t("admin.authorisations.ownerHelp"),
            required: true,
          })}
          searchable
          data={(["group", "user"] as const).map((each) => ({
            group: t(`admin.authorisations.${each}`),
            items: choices(each),
          }))}
        />
      )}
      {ofDirectory ? (
        <>
          <Select
            {...form.choice("owner", {
              label: t("admin.authorisations.whichDirectory"),
              help: t("admin.authorisations.directoryHelp"),
              required: true,
            })}
            searchable
            data={directories.map((row) => ({
              value: row.id,
              label: directoryName(t, row.name, row.builtIn !== null),
            }))}
          />
          <NativeSelect
            label={t("admin.authorisations.kind")}
            value={kind}
            data={kinds.map((value) => ({
              value,
              label: t(`admin.directories.grantees.${value}`),
            }))}
            onChange={(event) =>
              form.set({ kind: event.currentTarget.value as Grantee, who: "" })
            }
          />
        </>
      ) : (
        <SegmentedControl
          aria-label={t("admin.authorisations.kind")}
          data={(["group", "user"] as const).map((value) => ({
            value,
            label: t(`admin.authorisations.${value}`),
          }))}
          value={kind}
          onChange={(value) => form.set({ kind: value as Grantee, who: "" })}
        />
      )}
      <Select
        {...form.choice("who", {
          label: t("admin.authorisations.who"),
          help: t("admin.authorisations.whoHelp"),
          required: true,
        })}
        searchable
        data={ofDirectory ? grantees[kind] : choices(kind === "user" ? "user" : "group")}
      />
    </SideForm>
  );
}
