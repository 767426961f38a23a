import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  createProfile,
  deleteProfile,
  type Fields,
  type Profile,
  updateProfile,
} from "../../shared/api/profiles.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { toWords, whenWords } from "../forwarding/sentence.ts";
import { usePhone } from "../phone/Phone.tsx";
import { useProfiles } from "../phone/profile.ts";
import { useRules } from "../rules/useRules.ts";
import classes from "./Profiles.module.css";

/** In the place of a telephone's id: another one, by its number. */
const ELSEWHERE = "";

/** A profile, as it is made or changed. */
export function ProfileForm({ profile, onDone }: { profile: Profile | null; onDone: () => void }) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const known = useRules();
  const mayElsewhere = useProfiles()?.choices.newDevice ?? false;
  const [name, setName] = useState(profile?.name ?? "");
  const [device, setDevice] = useState(
    profile?.number ? ELSEWHERE : (profile?.device ?? devices[0]?.id ?? ELSEWHERE),
  );
  const [number, setNumber] = useState(profile?.number ?? "");
  const [rules, setRules] = useState(profile?.rules ?? []);
  const fields: Fields =
    device === ELSEWHERE
      ? { name, device: null, number, rules }
      : { name, device, number: "", rules };
  const save = useMutation({
    mutationFn: () => (profile ? updateProfile(profile, fields) : createProfile(fields)),
    onSuccess: onDone,
  });
  const remove = useMutation({
    mutationFn: (one: Profile) => deleteProfile(one),
    onSuccess: onDone,
  });
  const error = save.error ?? remove.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const places = devices.map((one) => ({
    value: one.id,
    label: `${one.number} ${one.label}`.trim(),
  }));
  // One that it has stays, whatever is allowed for a new one.
  if (mayElsewhere || profile?.number) {
    places.push({ value: ELSEWHERE, label: t("caller.profiles.elsewhere") });
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        size="xs"
        label={t("caller.profiles.name")}
        required
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label={t("caller.profiles.device")}
        data={places}
        value={device}
        onChange={(event) => setDevice(event.currentTarget.value)}
      />
      {device === ELSEWHERE && (
        <TextInput
          size="xs"
          label={t("caller.profiles.number")}
          description={t("caller.profiles.numberHelp")}
          required
          disabled={!mayElsewhere}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      )}
      {known?.rules.length === 0 && known.choices.change && (
        <p className={classes.quiet}>{t("caller.profiles.noRules")}</p>
      )}
      {known && known.rules.length > 0 && (
        <Checkbox.Group size="xs" label={t("caller.profiles.rules")} value={rules} onChange={setRules}>
          {known.rules.map((rule) => (
            <Checkbox
              key={rule.id}
              size="xs"
              className={classes.choice}
              value={rule.id}
              label={`${whenWords(t, rule, known.seconds)} → ${toWords(rule)}`}
            />
          ))}
        </Checkbox.Group>
      )}
      {error && <ProblemLine problem={problemOf(error)} />}
      <div className={classes.foot}>
        <Button type="submit" size="xs" loading={save.isPending}>
          {t("caller.profiles.save")}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t("cancel")}
        </Button>
        {profile && (
          <Button
            size="xs"
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(profile)}
          >
            {t("caller.profiles.remove")}
          </Button>
        )}
      </div>
    </form>
  );
}
