import { Button, NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Front.module.css";
import { type Initialisation, initialise } from "./session.ts";

const ZONES = Intl.supportedValuesOf("timeZone");
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const EMPTY: Initialisation = {
  username: "",
  password: "",
  company: "",
  domain: {
    name: "",
    timeZone: ZONES.includes(HERE) ? HERE : "Europe/Paris",
    internalLength: 4,
    countryPrefix: "33",
    externalPrefix: "0",
    internationalPrefix: "00",
  },
};

/** The very first start: an administrator, a company and its domain, all at once. */
export function Initialise({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [given, setGiven] = useState(EMPTY);
  const [again, setAgain] = useState("");
  const domain = given.domain;
  const set = (more: Partial<Initialisation>) => setGiven({ ...given, ...more });
  const setDomain = (more: Partial<Initialisation["domain"]>) =>
    set({ domain: { ...domain, ...more } });
  const create = useMutation({ mutationFn: () => initialise(given), onSuccess: onDone });
  const late = create.error !== null && problemOf(create.error).code === "conflict";
  const differ = again !== "" && again !== given.password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending && again === given.password) create.mutate();
  };
  const text = { required: true, withAsterisk: false } as const;
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1>{t("initialise.title")}</h1>
      <p>{t("initialise.lead")}</p>
      <fieldset className={classes.part}>
        <legend className={classes.legend}>{t("initialise.administrator")}</legend>
        <div className={classes.columns}>
          <TextInput
            {...text}
            label={t("initialise.username")}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            value={given.username}
            onChange={(e) => set({ username: e.currentTarget.value })}
          />
          <span />
          <PasswordInput
            {...text}
            label={t("initialise.password")}
            description={t("initialise.passwordHelp")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete="new-password"
            minLength={10}
            value={given.password}
            onChange={(e) => set({ password: e.currentTarget.value })}
          />
          <PasswordInput
            {...text}
            label={t("initialise.again")}
            autoComplete="new-password"
            error={differ ? t("initialise.differ") : undefined}
            value={again}
            onChange={(e) => setAgain(e.currentTarget.value)}
          />
        </div>
      </fieldset>
      <div className={classes.columns}>
        <TextInput
          {...text}
          label={t("initialise.company")}
          description={t("initialise.companyHelp")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={given.company}
          onChange={(e) => set({ company: e.currentTarget.value })}
        />
        <TextInput
          {...text}
          label={t("initialise.domain")}
          description={t("initialise.domainHelp")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={domain.name}
          onChange={(e) => setDomain({ name: e.currentTarget.value })}
        />
      </div>
      <fieldset className={classes.part}>
        <legend className={classes.legend}>{t("initialise.numbering")}</legend>
        <div className={classes.columns}>
          <Select
            label={t("initialise.timeZone")}
            data={ZONES}
            searchable
            allowDeselect={false}
            limit={80}
            value={domain.timeZone}
            onChange={(timeZone) => setDomain({ timeZone: timeZone ?? domain.timeZone })}
          />
          <NumberInput
            {...text}
            label={t("domain.internalLength")}
            min={1}
            max={12}
            allowDecimal={false}
            value={domain.internalLength}
            onChange={(value) => setDomain({ internalLength: Number(value) || 1 })}
          />
          <TextInput
            {...text}
            label={t("domain.countryPrefix")}
            inputMode="numeric"
            value={domain.countryPrefix}
            onChange={(e) => setDomain({ countryPrefix: e.currentTarget.value })}
          />
          <TextInput
            label={t("domain.externalPrefix")}
            inputMode="numeric"
            value={domain.externalPrefix}
            onChange={(e) => setDomain({ externalPrefix: e.currentTarget.value })}
          />
          <TextInput
            {...text}
            label={t("domain.internationalPrefix")}
            inputMode="numeric"
            value={domain.internationalPrefix}
            onChange={(e) => setDomain({ internationalPrefix: e.currentTarget.value })}
          />
        </div>
      </fieldset>
      {create.error && <ProblemLine problem={problemOf(create.error)} />}
      {late ? (
        <Button size="sm" onClick={onDone}>
          {t("initialise.done")}
        </Button>
      ) : (
        <Button type="submit" size="sm" loading={create.isPending}>
          {t("initialise.submit")}
        </Button>
      )}
    </form>
  );
}
