import { Button } from "@mantine/core";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Profile } from "../../shared/api/profiles.ts";
import { toWords, whenWords } from "../forwarding/sentence.ts";
import { usePhone } from "../phone/Phone.tsx";
import { useProfiles } from "../phone/profile.ts";
import { useRules } from "../rules/useRules.ts";
import { ProfileForm } from "./ProfileForm.tsx";
import { ProfileSwitch } from "./ProfileSwitch.tsx";
import classes from "./Profiles.module.css";

/** Profils: under a name each, from where one calls and the forwarding rules that go with it. */
export function Profiles() {
  const { t } = useTranslation();
  const known = useProfiles();
  const [editing, setEditing] = useState<string | null>(null);
  if (!known) return null;
  const { profiles, choices } = known;
  const done = () => setEditing(null);
  return (
    <>
      <p className={classes.quiet}>{t("caller.profiles.help")}</p>
      <ProfileSwitch />
      <ul className={classes.list} aria-label={t("caller.profiles.title")}>
        {profiles.map((profile) => (
          <li key={profile.id}>
            {editing === profile.id ? (
              <ProfileForm profile={profile} onDone={done} />
            ) : (
              <ProfileLine profile={profile} onEdit={() => setEditing(profile.id)} />
            )}
          </li>
        ))}
      </ul>
      {editing === "new" && <ProfileForm profile={null} onDone={done} />}
      {choices.create && editing !== "new" && (
        <Button
          variant="default"
          size="xs"
          className={classes.add}
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => setEditing("new")}
        >
          {t("caller.profiles.add")}
        </Button>
      )}
    </>
  );
}

function ProfileLine({ profile, onEdit }: { profile: Profile; onEdit: () => void }) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const known = useRules();
  const device = devices.find(({ id }) => id === profile.device);
  const place = device ? `${device.number} ${device.label}`.trim() : profile.display;
  const rules = known?.rules.filter(({ id }) => profile.rules.includes(id)) ?? [];
  return (
    <div className={classes.line} data-chosen={profile.chosen || undefined}>
      <div className={classes.words}>
        <strong>{profile.name}</strong>
        {profile.chosen && <span className={classes.note}>{t("caller.profiles.chosen")}</span>}
        <span className={classes.place}>{place || t("caller.profiles.gone")}</span>
        {rules.map((rule) => (
          <span key={rule.id} className={classes.rule}>
            {whenWords(t, rule, known?.seconds ?? null)} → {toWords(rule)}
          </span>
        ))}
      </div>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<Pencil size={13} aria-hidden />}
        aria-label={t("caller.profiles.edit", { name: profile.name })}
        onClick={onEdit}
      >
        {t("caller.profiles.change")}
      </Button>
    </div>
  );
}
