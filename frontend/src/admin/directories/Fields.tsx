import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { whyWords } from "../../shared/i18n/problem.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import css from "./Directories.module.css";
import { ADDRESSES, type Draft, NUMBERS, PRIVATE, TEXTS, VIP } from "./directory.ts";

type Props = { form: Form<Draft> };

const OPTIONS = ["u", "l", "m", "h", "a", "i", "p"] as const;

/** Which field of the source each field of a card is read from. */
export function Fields({ form }: Props) {
  const { t } = useTranslation();
  const { mapping } = form.draft;
  const about = (field: string) =>
    form.problem?.field === field ? whyWords(t, form.problem) : undefined;
  const source = (field: string, label: string) => (
    <TextInput
      key={field}
      size="xs"
      label={label}
      className={css.source}
      autoComplete="off"
      spellCheck={false}
      value={mapping[field] ?? ""}
      error={about(`mapping.${field}`)}
      onChange={(event) =>
        form.set({ mapping: { ...mapping, [field]: event.currentTarget.value } })
      }
    />
  );
  return (
    <div className={classes.fields}>
      <p className={classes.quiet}>{t("admin.directories.fieldsHelp")}</p>
      <details className={css.options}>
        <summary>{t("admin.directories.options.title")}</summary>
        <dl>
          {OPTIONS.map((option) => (
            <div key={option}>
              <dt>
                <code>{option === "p" ? "p:9{0}::^[0-9]{4}$" : option}</code>
              </dt>
              <dd>{t(`admin.directories.options.${option}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div className={classes.pair}>
        {TEXTS.map((field) => source(field, t(`admin.directories.fields.${field}`)))}
      </div>
      <p className={classes.quiet}>{t("admin.directories.identifierHelp")}</p>
      <fieldset className={classes.part}>
        <legend className={classes.legend}>{t("admin.directories.numbers")}</legend>
        <p className={classes.quiet}>{t("admin.directories.redHelp")}</p>
        <div className={classes.pair}>
          {NUMBERS.flatMap((kind) => {
            const label = t(`admin.directories.fields.${kind}`);
            return [
              source(kind, label),
              source(`${kind}_red`, t("admin.directories.redOf", { what: label })),
            ];
          })}
        </div>
      </fieldset>
      <div className={classes.pair}>
        {ADDRESSES.map((field) => source(field, t(`admin.directories.fields.${field}`)))}
      </div>
      <PrivateFields form={form} />
    </div>
  );
}

/** The ten, with what they are called and where they are read from; `own`: of contacts that are
 * written down in TWS, the properties of vCards. */
export function PrivateFields({ form, own = false }: Props & { own?: boolean }) {
  const { t } = useTranslation();
  const { mapping, labels } = form.draft;
  const text = (what: "mapping" | "labels", field: string, label: string) => (
    <TextInput
      key={`${what} ${field}`}
      size="xs"
      label={label}
      autoComplete="off"
      spellCheck={what === "labels"}
      className={what === "mapping" ? css.source : undefined}
      value={(what === "mapping" ? mapping : labels)[field] ?? ""}
      error={form.problem?.field === `${what}.${field}` && whyWords(t, form.problem)}
      onChange={(event) =>
        form.set({ [what]: { ...form.draft[what], [field]: event.currentTarget.value } })
      }
    />
  );
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.directories.privateFields")}</legend>
      <p className={classes.quiet}>{t("admin.directories.privateHelp", { vip: VIP })}</p>
      {own && <p className={classes.quiet}>{t("admin.directories.vcardHelp")}</p>}
      <div className={classes.pair}>
        {PRIVATE.flatMap((field, n) => [
          text("labels", field, t("admin.directories.labelOf", { n })),
          text("mapping", field, t(`admin.directories.${own ? "vcardOf" : "private"}`, { n })),
        ])}
      </div>
    </fieldset>
  );
}
