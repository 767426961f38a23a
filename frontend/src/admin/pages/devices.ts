import { create, remove, update } from "../data.ts";
import type { UserDevice } from "../rows.ts";

export const PROTOCOLS = ["CSTA", "Vti-XML", "SIP", "Asterisk"];

/** A device in the form of its user; `id` null = one to be made. */
export type DeviceDraft = {
  key: string;
  id: string | null;
  number: string;
  link: string;
  protocol: string;
  label: string;
};

export function draftOfDevice(row: UserDevice): DeviceDraft {
  const { id, number, link, protocol, label } = row;
  return { key: id, id, number, link, protocol, label };
}

let made = 0;

export function newDevice(link: string, protocol: string): DeviceDraft {
  made += 1;
  return { key: `new-${made}`, id: null, number: "", link, protocol, label: "" };
}

/** Makes the stored devices of a user those of the form: what goes first frees its number. */
export async function saveDevices(
  user: string,
  stored: UserDevice[],
  wanted: DeviceDraft[],
): Promise<void> {
  for (const row of stored) {
    if (!wanted.some((line) => line.id === row.id)) await remove("devices", row);
  }
  for (const line of wanted) {
    const row = stored.find((each) => each.id === line.id);
    const { number, link, protocol, label } = line;
    if (!row) await create("devices", { user, number, link, protocol, label });
    else if (changed(row, line)) await update("devices", row, { number, link, protocol, label });
  }
}

function changed(row: UserDevice, line: DeviceDraft): boolean {
  return (["number", "link", "protocol", "label"] as const).some(
    (name) => row[name] !== line[name],
  );
}
