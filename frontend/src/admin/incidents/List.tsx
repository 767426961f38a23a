import { Button, Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { IncidentValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { clockTime, dayKey, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import cell from "../list/Cell.module.css";
import { Table } from "../list/Table.tsx";
import { markOf, pageOf } from "./incident.ts";
import own from "./Incidents.module.css";

type Props = {
  incidents: IncidentValue[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onAcknowledge: (id: string) => void;
};

export function List({ incidents, selected, onSelect, onAcknowledge }: Props) {
  const { t } = useTranslation();
  const toggled = (id: string) => {
    const now = new Set(selected);
    if (!now.delete(id)) now.add(id);
    onSelect(now);
  };
  return (
    <Table
      label={t("admin.pages.incidents")}
      rows={incidents}
      columns={[
        {
          label: t("admin.incidents.columns.select"),
          value: (row) =>
            row.acknowledged === null && (
              <Checkbox
                size="xs"
                checked={selected.has(row.id)}
                aria-label={t("admin.incidents.select", {
                  what: `${t(`admin.incidents.kinds.${row.kind}`)} ${row.name}`,
                })}
                onChange={() => toggled(row.id)}
              />
            ),
        },
        { label: t("admin.incidents.columns.what"), value: (row) => <What of={row} /> },
        { label: t("admin.incidents.columns.cause"), value: (row) => <Cause of={row} /> },
        { label: t("admin.incidents.columns.of"), value: (row) => <Of of={row} />, spare: true },
        { label: t("admin.incidents.columns.when"), value: (row) => <When of={row} /> },
        {
          label: t("admin.incidents.columns.known"),
          value: (row) => <Known of={row} onAcknowledge={() => onAcknowledge(row.id)} />,
        },
      ]}
    />
  );
}

function What({ of: row }: { of: IncidentValue }) {
  const { t } = useTranslation();
  const words = t(row.ended === null ? "admin.incidents.open" : "admin.incidents.over");
  return (
    <>
      <StateWords
        mark={markOf(row)}
        label={words}
        words={t(`admin.incidents.kinds.${row.kind}`)}
      />
      {row.name && <span className={`${cell.detail} ${own.name}`}>{row.name}</span>}
    </>
  );
}

function Cause({ of: row }: { of: IncidentValue }) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const place = pageOf(row);
  const company = row.company ?? address.company;
  const domain = company === address.company ? address.domain : null;
  return (
    <div className={own.cause}>
      <span className={cell.wraps}>{say(row.said)}</span>{" "}
      {place && row.ended === null && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => go({ ...place, company, domain, filters: {} })}
        >
          {t("admin.incidents.goTo")}
        </Button>
      )}
    </div>
  );
}

function Of({ of: row }: { of: IncidentValue }) {
  const { t } = useTranslation();
  const companies = useList("companies").data ?? [];
  if (row.company === null) return t("admin.incidents.server");
  return companies.find((each) => each.id === row.company)?.name ?? "";
}

function When({ of: row }: { of: IncidentValue }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <>
      <span className="number">
        {moment(row.started)} – {row.ended ? moment(row.ended, row.started) : "…"}
      </span>
      {row.count > 1 && (
        <span className={cell.detail}>
          {t("admin.incidents.times", { count: row.count, last: moment(row.last, row.started) })}
        </span>
      )}
    </>
  );
}

function Known({ of: row, onAcknowledge }: { of: IncidentValue; onAcknowledge: () => void }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (row.acknowledged === null) {
    return (
      <Button size="compact-xs" variant="default" onClick={onAcknowledge}>
        {t("admin.incidents.acknowledge")}
      </Button>
    );
  }
  return (
    <>
      {t("admin.incidents.known", { by: row.acknowledgedBy, at: moment(row.acknowledged) })}
      {row.note && <span className={`${cell.detail} ${cell.wraps}`}>{row.note}</span>}
    </>
  );
}

/** A day and a time; the time alone where the day is that of `beside`. */
function useMoment() {
  const { culture, timeZone } = useCulture();
  return (at: string, beside?: string) => {
    const time = clockTime(at, culture, timeZone);
    const same = beside !== undefined && dayKey(at, timeZone) === dayKey(beside, timeZone);
    return same ? time : `${shortDay(at, culture, timeZone)}, ${time}`;
  };
}
