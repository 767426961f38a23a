import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  CollectorBody,
  SyslogTestValue,
  SyslogValue,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { type Mark, StateMark } from "../../shared/ui/StateMark.tsx";
import classes from "./Traces.module.css";

const KEY = ["syslog"];
const PLACE = "/admin/syslog";
const EVERY = 5_000;
const USUAL = { udp: 514, tcp: 601, tls: 6514 };
type Transport = keyof typeof USUAL;

/** The collector of this server's log; nothing for who is no super user. */
export function Syslog() {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<SyslogValue>("GET", PLACE, { signal }),
    refetchInterval: ({ state }) => (state.data ? EVERY : false),
    retry: false,
  });
  if (!found.data) {
    return null;
  }
  return (
    <section className={classes.panel} aria-label={t("admin.traces.syslog.title")}>
      <h3 className={classes.panelTitle}>{t("admin.traces.syslog.title")}</h3>
      <p className={classes.help}>{t("admin.traces.syslog.help")}</p>
      <State of={found.data} />
      <CollectorForm key={JSON.stringify(found.data.collector)} of={found.data} />
    </section>
  );
}

function State({ of: syslog }: { of: SyslogValue }) {
  const { t } = useTranslation();
  const { collector, sent, waiting, why } = syslog;
  if (!collector) {
    return <p className={classes.help}>{t("admin.traces.syslog.off")}</p>;
  }
  const where = `${collector.host}:${collector.port} (${t(
    `admin.traces.syslog.transports.${collector.transport as Transport}`,
  )})`;
  const mark: Mark = syslog.up ? (syslog.dropped ? "away" : "free") : why ? "busy" : "unknown";
  const words = syslog.up
    ? t("admin.traces.syslog.up", { where, sent })
    : why
      ? t("admin.traces.syslog.down", { where, why: say(why), waiting })
      : t("admin.traces.syslog.dialling", { where });
  return (
    <p className={classes.state} role="status">
      <StateMark mark={mark} label={words} />
      <span>
        {words}{" "}
        {syslog.dropped > 0 && t("admin.traces.syslog.dropped", { count: syslog.dropped })}
      </span>
    </p>
  );
}

function CollectorForm({ of: { collector } }: { of: SyslogValue }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [transport, setTransport] = useState((collector?.transport ?? "udp") as Transport);
  const [host, setHost] = useState(collector?.host ?? "");
  const [port, setPort] = useState<number | string>(collector?.port ?? USUAL.udp);
  const [caFile, setCaFile] = useState(collector?.caFile ?? "");
  const [verify, setVerify] = useState(collector?.verify ?? true);
  const tls = transport === "tls";
  const body: CollectorBody = {
    transport,
    host: host.trim(),
    port: Number(port),
    caFile: tls && caFile.trim() ? caFile.trim() : null,
    verify,
  };
  const setting = useMutation({
    mutationFn: (on: boolean) =>
      request<SyslogValue>(on ? "PUT" : "DELETE", PLACE, on ? { body } : {}),
    onSuccess: (value) => queries.setQueryData(KEY, value),
  });
  const testing = useMutation({
    mutationFn: () => request<SyslogTestValue>("POST", `${PLACE}/test`, { body }),
  });
  const error = setting.error ?? testing.error;
  const chosen = (value: string | null) => {
    const next = (value ?? "udp") as Transport;
    if (Number(port) === USUAL[transport]) {
      setPort(USUAL[next]);
    }
    setTransport(next);
  };
  return (
    <form
      className={classes.collector}
      onSubmit={(event) => {
        event.preventDefault();
        setting.mutate(true);
      }}
    >
      <Select
        className={classes.number}
        label={t("admin.traces.syslog.transport")}
        data={(Object.keys(USUAL) as Transport[]).map((value) => ({
          value,
          label: t(`admin.traces.syslog.transports.${value}`),
        }))}
        value={transport}
        onChange={chosen}
        allowDeselect={false}
      />
      <TextInput
        label={t("admin.traces.syslog.host")}
        value={host}
        maxLength={100}
        onChange={(event) => setHost(event.currentTarget.value)}
      />
      <NumberInput
        className={classes.number}
        label={t("admin.traces.syslog.port")}
        min={1}
        max={65_535}
        value={port}
        onChange={setPort}
      />
      {tls && (
        <>
          <TextInput
            label={t("admin.traces.syslog.caFile")}
            value={caFile}
            maxLength={1000}
            onChange={(event) => setCaFile(event.currentTarget.value)}
          />
          <Checkbox
            label={t("admin.traces.syslog.verify")}
            checked={verify}
            onChange={(event) => setVerify(event.currentTarget.checked)}
          />
        </>
      )}
      <Button
        variant="default"
        disabled={!body.host}
        loading={testing.isPending}
        onClick={() => testing.mutate()}
      >
        {t("admin.traces.syslog.test")}
      </Button>
      <Button type="submit" disabled={!body.host} loading={setting.isPending}>
        {t("admin.traces.syslog.start")}
      </Button>
      {collector && (
        <Button variant="default" onClick={() => setting.mutate(false)}>
          {t("admin.traces.syslog.stop")}
        </Button>
      )}
      {testing.data && (
        <p className={classes.help} role="status">
          {testing.data.wrong
            ? say(testing.data.wrong)
            : t(
                transport === "udp"
                  ? "admin.traces.syslog.testedUdp"
                  : "admin.traces.syslog.tested",
              )}
        </p>
      )}
      {error && <ProblemLine problem={problemOf(error)} />}
    </form>
  );
}
