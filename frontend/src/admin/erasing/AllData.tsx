import { Button, Group } from "@mantine/core";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "../../shared/account/Account.module.css";
import { useSuperUser } from "../self.ts";
import { Erasure } from "./Erasure.tsx";
import type { Kind } from "./report.ts";

type Props = { kind: Kind; of: { id: string; name: string } };

/** All that is of a company or a person: as a file, and taken away for ever by who writes the name. */
export function AllData({ kind, of: whole }: Props) {
  const { t } = useTranslation();
  const may = useSuperUser() || kind === "users";
  const [asking, setAsking] = useState(false);
  const place = `/admin/${kind}/${encodeURIComponent(whole.id)}`;
  return (
    <section aria-label={t(`admin.${kind}.all.data`)}>
      <p className={classes.help}>{t(`admin.${kind}.all.dataHelp`)}</p>
      <Group>
        <Button
          component="a"
          href={`/api/v1${place}/export`}
          download
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
        >
          {t(`admin.${kind}.all.export`)}
        </Button>
        {may && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t(`admin.${kind}.all.erase`)}
          </Button>
        )}
      </Group>
      {asking && (
        <Erasure kind={kind} of={whole} place={place} onClose={() => setAsking(false)} />
      )}
    </section>
  );
}
