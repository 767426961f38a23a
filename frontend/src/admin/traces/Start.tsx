import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TraceBody } from "../../shared/api/types.generated.ts";
import { useInDomain, useList } from "../data.ts";
import classes from "./Traces.module.css";

type StartProps = {
  busy: boolean;
  /** Ids of links of which a trace is being written. */
  traced: string[];
  onStart: (body: TraceBody) => void;
};

/** Which link, whose number, and for how long. */
export function Start({ busy, traced, onStart }: StartProps) {
  const { t } = useTranslation();
  const links = useInDomain(useList("links").data ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [device, setDevice] = useState("*");
  const [minutes, setMinutes] = useState<number | string>(60);
  const [megabytes, setMegabytes] = useState<number | string>(10);
  const [files, setFiles] = useState<number | string>(5);
  const [again, setAgain] = useState(false);
  const free = links.filter((link) => !traced.includes(link.id));
  const link = free.find((each) => each.id === chosen) ?? free[0];
  const start = () =>
    link &&
    onStart({
      link: link.id,
      device: device.trim() || "*",
      minutes: Number(minutes),
      megabytes: Number(megabytes),
      files: Number(files),
      beginAgain: again,
    });
  return (
    <form
      className={classes.start}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <p className={classes.help}>{t("admin.traces.help")}</p>
      <Select
        label={t("admin.traces.link")}
        data={free.map((each) => ({ value: each.id, label: each.name }))}
        value={link?.id ?? null}
        onChange={setChosen}
        placeholder={links.length === 0 ? t("admin.traces.noLink") : ""}
        allowDeselect={false}
      />
      <TextInput
        label={`${t("admin.traces.device")} (${t("admin.traces.all")})`}
        value={device}
        maxLength={100}
        onChange={(event) => setDevice(event.currentTarget.value)}
      />
      <NumberInput
        className={classes.number}
        label={t("admin.traces.minutes")}
        min={1}
        max={10_080}
        value={minutes}
        onChange={setMinutes}
      />
      <NumberInput
        className={classes.number}
        label={t("admin.traces.megabytes")}
        min={1}
        max={200}
        value={megabytes}
        onChange={setMegabytes}
      />
      <NumberInput
        className={classes.number}
        label={t("admin.traces.files")}
        min={1}
        max={50}
        value={files}
        onChange={setFiles}
      />
      <Checkbox
        className={classes.again}
        label={t("admin.traces.again")}
        description={t("admin.traces.againHelp")}
        checked={again}
        onChange={(event) => setAgain(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={!link} loading={busy}>
        {t("admin.traces.start")}
      </Button>
    </form>
  );
}
