import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import type { PasskeyValue } from "../api/types.generated.ts";
import { shortDay } from "../time/clock.ts";
import { useCulture } from "../time/culture.ts";
import { RemovableRow, RemovableRows } from "../ui/RemovableRow.tsx";

type Props = { passkeys: PasskeyValue[]; onRemoved: () => Promise<void> };

/** Somebody's passkeys: when each was made and used, and taken away once that is confirmed. */
export function PasskeyList({ passkeys, onRemoved }: Props) {
  return (
    <RemovableRows>
      {passkeys.map((each) => (
        <One key={each.id} of={each} onRemoved={onRemoved} />
      ))}
    </RemovableRows>
  );
}

function One({ of: passkey, onRemoved }: { of: PasskeyValue; onRemoved: () => Promise<void> }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const day = (at: string) => shortDay(at, culture, timeZone);
  const facts = [
    t("account.passkeyMade", { day: day(passkey.created) }),
    passkey.seen
      ? t("account.passkeySeen", { day: day(passkey.seen) })
      : t("account.passkeyUnused"),
    passkey.place !== location.hostname && passkey.place,
  ];
  return (
    <RemovableRow
      name={passkey.name}
      facts={facts}
      words={{
        remove: t("account.passkeyRemove"),
        removeOf: t("account.passkeyRemoveOf", { name: passkey.name }),
        removes: t("account.passkeyRemoves"),
        yes: t("account.passkeyRemoveYes"),
      }}
      onRemove={() => request("DELETE", `/passkeys/${encodeURIComponent(passkey.id)}`)}
      onRemoved={onRemoved}
    />
  );
}
