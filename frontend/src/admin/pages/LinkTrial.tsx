import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { LinkTrialValue, TryLinkBody } from "../../shared/api/types.generated.ts";
import { linkWhy } from "../../shared/i18n/linkWhy.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import classes from "../directories/Directories.module.css";
import form from "../form/SideForm.module.css";
import { named } from "../settings/named.ts";
import { useCancellable } from "../working/useCancellable.ts";
import { Working } from "../working/Working.tsx";

/** Whether the PBX lets TWS in, with the settings as the form has them. */
export function LinkTrial({ body }: { body: TryLinkBody }) {
  const { t } = useTranslation();
  const result = useRef<HTMLElement>(null);
  const test = useCancellable((body: TryLinkBody, signal) =>
    request<LinkTrialValue>("POST", "/admin/links/try", { body, signal }),
  );
  const { data, error, isPending } = test;
  // What was found of another draft says nothing of this one.
  const current = JSON.stringify(test.variables) === JSON.stringify(body);
  const found = current ? data : undefined;
  useEffect(() => {
    if (data || error) result.current?.scrollIntoView({ block: "nearest" });
  }, [data, error]);
  return (
    <section ref={result} aria-label={t("admin.links.test")} className={classes.trial}>
      <Button variant="default" loading={isPending} onClick={() => test.mutate(body)}>
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
        {current && error && (
          <ProblemLine problem={named(t, problemOf(error), "links")} />
        )}
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
