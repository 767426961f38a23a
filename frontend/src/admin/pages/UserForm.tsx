import { PasswordInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { UserPhoto } from "../../shared/ui/UserPhoto.tsx";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import type { User, UserDevice } from "../rows.ts";
import { type DeviceDraft, draftOfDevice, saveDevices } from "./devices.ts";
import { AllData } from "../erasing/AllData.tsx";
import { UserDevices } from "./UserDevices.tsx";
import { UserSecurity } from "./UserSecurity.tsx";

type Props = { row: User | null; devices: UserDevice[] };

type Draft = {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  culture: string;
  enabled: boolean;
  ip: string;
  externalKey: string;
  custom0: string;
  custom1: string;
  voicemailPassword: string;
  /** Of the stored one, which is never told. */
  voicemailPasswordSet: boolean;
  domain: string;
  password: string;
  devices: DeviceDraft[];
};

export function UserForm({ row, devices }: Props) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const saving = useSaving("users", row);
  const domains = useList("domains").data ?? [];
  const title = row?.displayName ?? t("admin.form.create", { what: t("admin.users.one") });
  const form = useForm<Draft>(title, {
    username: row?.username ?? "",
    firstName: row?.firstName ?? "",
    lastName: row?.lastName ?? "",
    email: row?.email ?? "",
    mobile: row?.mobile ?? "",
    culture: row?.culture ?? "Auto",
    enabled: row?.enabled ?? true,
    ip: row?.ip ?? "",
    externalKey: row?.externalKey ?? "",
    custom0: row?.custom0 ?? "",
    custom1: row?.custom1 ?? "",
    voicemailPassword: "",
    voicemailPasswordSet: row?.voicemailPasswordSet ?? false,
    domain: row?.domain ?? address.domain ?? domains[0]?.id ?? "",
    password: "",
    devices: devices.map(draftOfDevice),
  });
  const {
    password,
    devices: lines,
    voicemailPassword,
    voicemailPasswordSet,
    ...plain
  } = form.draft;
  const fields = { ...plain, ...(voicemailPassword && { voicemailPassword }) };
  const save = (over?: number) =>
    saving.save(fields, fields, over, async (saved) => {
      await saveDevices(saved.id, devices, lines);
      if (!password) return;
      await request("PUT", `/admin/users/${saved.id}/password`, { body: { password } });
      form.set({ password: "" });
    });
  const removes = devices.length
    ? t("admin.users.removes", { count: devices.length })
    : t("admin.users.removesBare");
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      removal={row ? { words: removes, remove: saving.remove } : undefined}
    >
      <div className={classes.pair}>
        <TextInput
          {...form.text("username", {
            label: t("admin.users.username"),
            help: t("admin.users.usernameHelp"),
            required: true,
          })}
          autoComplete="off"
          autoCapitalize="none"
          autoFocus={!row}
        />
        <PasswordInput
          {...form.text("password", {
            label: t("admin.users.password"),
            ...(row ? { help: t("admin.users.passwordHelp") } : {}),
          })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        />
      </div>
      {row && (
        <UserPhoto
          photo={row.photo && `/api/v1/contacts/${row.id}/photo?v=${row.photo.slice(0, 8)}`}
          user={row.id}
          disabled={form.dirty}
          onChange={() => void saving.refresh()}
        />
      )}
      {row && (
        <button
          type="button"
          className={classes.link}
          onClick={() => go({ page: "rights", edit: null, filters: { user: row.id } })}
        >
          {t("admin.rights.of", { name: row.displayName })}
        </button>
      )}
      <UserDevices
        lines={lines}
        problem={form.problem}
        onChange={(next) => form.set({ devices: next })}
      />
      <div className={classes.pair}>
        <TextInput
          {...form.text("firstName", {
            label: t("admin.users.firstName"),
            help: t("admin.users.nameHelp"),
          })}
        />
        <TextInput
          {...form.text("lastName", {
            label: t("admin.users.lastName"),
            help: t("admin.users.nameHelp"),
          })}
        />
        <TextInput
          {...form.text("email", {
            label: t("admin.users.email"),
            help: t("admin.users.emailHelp"),
          })}
          type="email"
        />
        <TextInput
          {...form.text("mobile", {
            label: t("admin.users.mobile"),
            help: t("admin.users.mobileHelp"),
          })}
          type="tel"
        />
        <Select
          {...form.choice("culture", {
            label: t("admin.users.culture"),
            help: t("admin.users.cultureHelp"),
          })}
          data={[
            { value: "Auto", label: t("admin.users.cultureAuto") },
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
        />
        <Select
          {...form.choice("domain", {
            label: t("admin.users.domain"),
            help: t("admin.users.domainHelp"),
            required: true,
          })}
          data={domains.map((domain) => ({ value: domain.id, label: domain.name }))}
        />
        <TextInput
          {...form.text("ip", { label: t("admin.users.ip"), help: t("admin.users.ipHelp") })}
        />
        <TextInput
          {...form.text("externalKey", {
            label: t("admin.users.externalKey"),
            help: t("admin.users.externalKeyHelp"),
          })}
        />
        <TextInput
          {...form.text("custom0", {
            label: t("admin.users.custom0"),
            help: t("admin.users.customHelp", { token: "[-MyCustom0-]" }),
          })}
        />
        <TextInput
          {...form.text("custom1", {
            label: t("admin.users.custom1"),
            help: t("admin.users.customHelp", { token: "[-MyCustom1-]" }),
          })}
        />
        <PasswordInput
          {...form.text("voicemailPassword", {
            label: t("admin.users.voicemailPassword"),
            help: voicemailPasswordSet
              ? t("admin.users.voicemailPasswordIsSet")
              : t("admin.users.voicemailPasswordHelp"),
          })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        />
      </div>
      <Switch
        {...form.flag("enabled", {
          label: t("admin.users.enabled"),
          help: t("admin.users.enabledHelp"),
        })}
      />
      {row && <UserSecurity user={row.id} />}
      {row && <AllData kind="users" of={{ id: row.id, name: row.username }} />}
    </SideForm>
  );
}
