import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reverseLookup } from "../../shared/api/contacts.ts";
import { type Also, alsoOf } from "./also.ts";

const MOST = 4;

/** The others who have a number, and why the first is named for it. */
export function AlsoLine({ also, className }: { also: Also; className?: string | undefined }) {
  const { t } = useTranslation();
  const left = also.names.length - MOST;
  const names = [...also.names.slice(0, MOST), ...(left > 0 ? [`+${left}`] : [])];
  return (
    <span className={className}>
      {t("caller.also.names", { names: names.join(", ") })}{" "}
      {t(`caller.also.because.${also.because}`)}
    </span>
  );
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
