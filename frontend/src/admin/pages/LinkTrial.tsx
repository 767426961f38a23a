import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { LinkTrialValue, TryLinkBody } from "../../shared/api/types.generated.ts";
import { linkWhy } from "../../shared/i18n/linkWhy.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import form from "../form/SideForm.module.css";
import { named } from "../settings/named.ts";
import classes from "../working/Trial.module.css";
import { useTrial } from "../working/useTrial.ts";
import { Working } from "../working/Working.tsx";

/** Whether the PBX lets TWS in, with the settings as the form has them. */
export function LinkTrial({ body }: { body: TryLinkBody }) {
  const { t } = useTranslation();
  const test = useTrial<TryLinkBody, LinkTrialValue>("/admin/links/try", body);
  const { found, error, isPending } = test;
  return (
    <section ref={test.result} aria-label={t("admin.links.test")} className={classes.trial}>
      <Button variant="default" loading={isPending} onClick={test.run}>
        {t("admin.links.test")}
      </Button>
      <div className={classes.verdict}>
        {isPending ? (
          <Working words={t("admin.links.testing")} onCancel={test.cancel} />
        ) : (
          <div role="status">
            {found?.state === "up" ? (
              <p>
                <StateMark mark="free" label={t("linkState.up")} />{" "}
                {t("admin.links.testUp", { version: found.version ?? "" })}
              </p>
            ) : (
              <p className={form.quiet}>{t("admin.links.testHelp")}</p>
            )}
          </div>
        )}
        {error && <ProblemLine problem={named(t, problemOf(error), "links")} />}
        {found && found.state !== "up" && (
          <p role="alert" className={classes.problem}>
            {t(found.state === "misconfigured" ? "admin.links.testNever" : "admin.links.testDown")}{" "}
            <q>{linkWhy(found)}</q>
          </p>
        )}
      </div>
    </section>
  );
}
