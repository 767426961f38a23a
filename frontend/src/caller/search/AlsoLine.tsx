import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reverseLookup } from "../../shared/api/contacts.ts";
import { type Also, alsoOf, othersOf } from "./also.ts";

const MOST = 4;

/** The others who have a number, and why the first is named for it. */
export function AlsoLine({ also, className }: { also: Also; className?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={className}>
      {t("caller.also.names", { names: listed(also.names) })}{" "}
      {t(`caller.also.because.${also.because}`)}
    </span>
  );
}

function listed(names: string[]): string {
  const left = names.length - MOST;
  return [...names.slice(0, MOST), ...(left > 0 ? [`+${left}`] : [])].join(", ");
}

type Named = { number: string | null; contact: string | null };

/** The same of somebody in a call, who was named by their number. */
export function AlsoOf({ number, contact }: Named) {
  const found = useQuery({
    queryKey: ["contacts", "reverse", number],
    queryFn: ({ signal }) => reverseLookup(number ?? "", signal),
    enabled: number !== null && contact !== null,
  });
  const match = found.data?.match ?? null;
  const also = match?.contact.id === contact ? alsoOf(match) : null;
  return also && <AlsoLine also={also} />;
}

type OnCard = { number: string; contact: string; className?: string | undefined };

/** On somebody's card: who else has this number, and who is shown when it calls. */
export function AlsoHas({ number, contact, className }: OnCard) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["contacts", "reverse", number],
    queryFn: ({ signal }) => reverseLookup(number, signal),
  });
  const match = found.data?.match ?? null;
  const others = othersOf(match, contact);
  if (!others) return null;
  const also = others.named === null ? alsoOf(match) : null;
  if (also) return <AlsoLine also={also} className={className} />;
  return (
    <span className={className}>
      {t("caller.also.names", { names: listed(others.names) })}{" "}
      {t("caller.also.named", { name: others.named ?? "" })}
    </span>
  );
}
