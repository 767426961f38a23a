import { SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useInDomain, useList } from "../data.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { Authorisation, CalendarGrant } from "../rows.ts";

const APPLICATIONS = ["TWS Caller", "TWS Toolkit"];
const CALENDARS = "calendars";

/** An application, or the calendars of others: granted to a user or a group. */
type Right = Authorisation | CalendarGrant;

export function Authorisations() {
  const { t } = useTranslation();
  const applications = useList("authorisations");
  const calendars = useList("calendar-grants");
  const names = useNames();
  const who = (row: Right) => names.group(row.group) || names.user(row.user);
  const kind = (row: Right) =>
    t(row.group ? "admin.authorisations.group" : "admin.authorisations.user");
  const what = (row: Right) =>
    "application" in row
      ? row.application
      : t("admin.authorisations.calendarsOf", {
          name: names.group(row.ofGroup) || names.user(row.ofUser),
        });
  return (
    <ListPage<Right>
      title={t("admin.pages.authorisations")}
      rows={[...(applications.data ?? []), ...(calendars.data ?? [])]}
      columns={[
        { label: t("admin.authorisations.who"), value: who },
        { label: t("admin.authorisations.kind"), value: kind },
        { label: t("admin.authorisations.application"), value: what },
      ]}
      text={(row) => `${what(row)} ${who(row)} ${kind(row)}`}
      empty={t("admin.authorisations.empty")}
      loaded={applications.isSuccess && calendars.isSuccess}
      error={applications.error ?? calendars.error}
      form={(row) =>
        row ? (
          <Granted key={row.id} row={row} name={`${what(row)}, ${who(row)}`} />
        ) : (
          <Grant key="new" />
        )
      }
    />
  );
}

/** What was granted cannot be changed, only withdrawn. */
function Granted({ row, name }: { row: Right; name: string }) {
  const { t } = useTranslation();
  const application = useSaving("authorisations", "application" in row ? row : null);
  const calendars = useSaving("calendar-grants", "application" in row ? null : row);
  const saving = "application" in row ? application : calendars;
  const form = useForm(name, {});
  return (
    <SideForm
      title={name}
      form={form}
      removal={{ words: t("admin.authorisations.removes"), remove: saving.remove }}
    >
      <p>{t("admin.authorisations.applicationHelp")}</p>
    </SideForm>
  );
}

function Grant() {
  const { t } = useTranslation();
  const saving = useSaving("authorisations", null);
  const sharing = useSaving("calendar-grants", null);
  const groups = useList("groups").data ?? [];
  const users = useList("users").data ?? [];
  const here = { groups: useInDomain(groups), users: useInDomain(users) };
  const title = t("admin.form.create", { what: t("admin.authorisations.one") });
  const form = useForm(title, {
    application: "TWS Caller",
    kind: "group" as "group" | "user",
    who: "",
    owner: "",
  });
  const { application, kind, who, owner } = form.draft;
  const ofCalendars = application === CALENDARS;
  // Calendars are shown across the domains of a company.
  const choices = {
    group: (ofCalendars ? groups : here.groups).map(({ id, name }) => ({ value: id, label: name })),
    user: (ofCalendars ? users : here.users).map((user) => ({
      value: user.id,
      label: user.displayName,
    })),
  };
  const save = () => {
    if (!ofCalendars) {
      const body = { application, [kind]: who };
      return saving.save(body, body);
    }
    const ofGroup = groups.some((group) => group.id === owner);
    const body = { [ofGroup ? "ofGroup" : "ofUser"]: owner, [kind]: who };
    return sharing.save(body, body);
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
        ]}
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
            items: choices[each],
          }))}
        />
      )}
      <SegmentedControl
        aria-label={t("admin.authorisations.kind")}
        data={(["group", "user"] as const).map((value) => ({
          value,
          label: t(`admin.authorisations.${value}`),
        }))}
        value={kind}
        onChange={(value) => form.set({ kind: value as "group" | "user", who: "" })}
      />
      <Select
        {...form.choice("who", {
          label: t("admin.authorisations.who"),
          help: t("admin.authorisations.whoHelp"),
          required: true,
        })}
        searchable
        data={choices[kind]}
      />
    </SideForm>
  );
}
