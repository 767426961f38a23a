import type { CreateIntercomGroupBody, CreateQueueBody } from "../../shared/api/types.generated.ts";
import type { IntercomGroup, Queue } from "../rows.ts";

/** Of what a link controls, as the guide has them. */
export const PROTOCOLS = ["CSTA", "Vti-XML", "Asterisk"] as const satisfies NonNullable<
  CreateQueueBody["protocol"]
>[];
export const NO_MEDIA = "None";
export const QUEUE_MEDIA = [NO_MEDIA, "TWS"] as const satisfies NonNullable<
  CreateQueueBody["mediaProtocol"]
>[];
export const INTERCOM_MEDIA = [NO_MEDIA, "TWP/TWS"] as const satisfies NonNullable<
  CreateIntercomGroupBody["mediaProtocol"]
>[];

/** The device of a queue or of an intercom group, in its form. */
export type DeviceDraft = {
  link: string;
  number: string;
  protocol: string;
  mediaProtocol: string;
  lines: number;
  /** As it is typed; what is stored is never told. */
  password: string;
};

export function draftOf(row: Queue | IntercomGroup | null): DeviceDraft {
  return {
    link: row?.link ?? "",
    number: row?.number ?? "",
    protocol: row?.protocol ?? PROTOCOLS[0],
    mediaProtocol: row?.mediaProtocol ?? NO_MEDIA,
    lines: row?.lines ?? 1,
    password: "",
  };
}

/** What is sent of it; a password left empty stays. */
export function toSend<D extends DeviceDraft>({ password, ...draft }: D): object {
  return { ...draft, ...(password !== "" && { password }) };
}

/** All numbers that carry the supervision keys of a group, as people write them. */
export function numbersOf(row: Pick<IntercomGroup, "number" | "count">): string {
  if (row.count === 1 || row.number === "") return row.number;
  const last = String(Number(row.number) + row.count - 1).padStart(row.number.length, "0");
  return `${row.number}–${last}`;
}

/** How its lines are had, as the list words it. */
export function kindOf(
  row: Pick<Queue | IntercomGroup, "number" | "mediaProtocol">,
): "physical" | "virtual" | "noNumber" {
  if (row.number === "") return "noNumber";
  return row.mediaProtocol === NO_MEDIA ? "physical" : "virtual";
}
