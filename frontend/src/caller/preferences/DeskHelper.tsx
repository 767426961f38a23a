import { Anchor, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { DeskValue, NewApiKeyValue } from "../../shared/api/types.generated.ts";
import { useLateWords } from "../../shared/i18n/late.ts";
import { useValue } from "../../shared/live/context.tsx";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { HELPER } from "../words/helper.ts";
import { Choose } from "./Choose.tsx";
import classes from "./Preferences.module.css";

const PROGRAM = "/api/v1/desk/program";
const START = "python3 tws-helper.pyz";

/** The helper of the desk: on which computers it runs, and how it gets onto one more. */
export function DeskHelper() {
  const { t } = useTranslation();
  const words = useLateWords(HELPER);
  const helpers = useValue<DeskValue>("desk")?.helpers ?? [];
  const [made, setMade] = useState<NewApiKeyValue | null>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const make = useMutation({
    mutationFn: () =>
      request<NewApiKeyValue>("POST", "/api-keys", {
        body: { label: t("helper.label"), helper: true },
      }),
    onSuccess: setMade,
  });
  const close = () => {
    setMade(null);
    requestAnimationFrame(() => begin.current?.focus());
  };
  if (!words) return null;
  return (
    <section aria-label={t("helper.title")} className={classes.part}>
      <h4 className={classes.title}>{t("helper.title")}</h4>
      <p className={classes.help}>{t("helper.help")}</p>
      <p role="status" className={classes.help}>
        {helpers.length > 0
          ? t("helper.on", { computers: helpers.map((one) => one.computer).join(", ") })
          : t("helper.off")}
      </p>
      {helpers.length > 0 && (
        <Choose
          name="notifiedByHelper"
          label={t("helper.notifies")}
          help={t("helper.notifiesHelp")}
        />
      )}
      {made ? (
        <Steps made={made} onClose={close} />
      ) : (
        <div>
          <Button
            ref={begin}
            variant="default"
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            {t("helper.connect")}
          </Button>
        </div>
      )}
      {make.error && <ProblemLine problem={problemOf(make.error)} onClose={make.reset} />}
    </section>
  );
}

/** What to do on the computer; its key is told this once. */
function Steps({ made, onClose }: { made: NewApiKeyValue; onClose: () => void }) {
  const { t } = useTranslation();
  const command = `${START} connect ${location.origin}`;
  return (
    <div className={classes.password} role="group" aria-label={t("helper.connect")}>
      <p className={classes.step}>
        {t("helper.first")}{" "}
        <Anchor inherit href={PROGRAM} download="tws-helper.pyz">
          tws-helper.pyz
        </Anchor>
      </p>
      {[
        { label: t("helper.second"), copy: t("helper.copyCommand"), value: command },
        { label: t("helper.third"), copy: t("helper.copyKey"), value: made.secret },
        { label: t("helper.last"), copy: t("helper.copyStart"), value: START },
      ].map(({ label, copy, value }, at) => (
        <div key={label} className={classes.beside}>
          <TextInput
            className={classes.wide ?? ""}
            label={label}
            readOnly
            autoFocus={at === 0}
            value={value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyText text={value} size="sm" label={copy} />
        </div>
      ))}
      <p className={classes.help}>{t("helper.after")}</p>
      <div className={classes.row}>
        <Button onClick={onClose}>{t("caller.prefs.apiKeyDone")}</Button>
      </div>
    </div>
  );
}
