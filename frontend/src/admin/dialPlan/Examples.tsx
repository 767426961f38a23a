import { Button } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Form } from "../form/useForm.ts";
import classes from "./DialPlan.module.css";
import type { Draft } from "./plan.ts";

/** Numbers that the plan must go on treating as they are today. */
export function Examples({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  const examples = form.draft.numberExamples;
  return (
    <section aria-label={t("admin.dialPlan.examples")}>
      <h3 className={classes.legend}>{t("admin.dialPlan.examples")}</h3>
      <p className={classes.quiet}>{t("admin.dialPlan.examplesHelp")}</p>
      {examples.length > 0 && (
        <table className={classes.tried}>
          <tbody>
            {examples.map((each, at) => (
              <tr key={`${each.direction} ${each.number}`}>
                <td>{t(`admin.dialPlan.directions.${each.direction}`)}</td>
                <td>
                  <code>{each.number}</code>
                </td>
                <td>
                  <code>{each.expected || t("admin.dialPlan.nothing")}</code>
                </td>
                <td>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="gray"
                    aria-label={t("admin.dialPlan.removeExample", { number: each.number })}
                    onClick={() =>
                      form.set({ numberExamples: examples.filter((_, index) => index !== at) })
                    }
                  >
                    <Trash2 size={14} aria-hidden />
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
