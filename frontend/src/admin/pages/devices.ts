import type { CreateDeviceBody } from "../../shared/api/types.generated.ts";
import { create, remove, update } from "../data.ts";
import type { UserDevice } from "../rows.ts";

/** As the guide has them; those of which there is a kind of link here are told by it. */
export const PROTOCOLS = ["CSTA", "Vti-XML", "SIP", "Asterisk"] as const satisfies NonNullable<
  CreateDeviceBody["protocol"]
>[];
export const MEDIA_PROTOCOLS = ["None", "TWS"];

/** What is sent of a device as it stands; the names of the API. */
const PLAIN = [
  "number",
  "link",
  "protocol",
  "label",
  "ip",
  "video",
  "clientPort",
  "sipProxy",
  "oneNumber",
  "softphone",
  "mediaProtocol",
] as const;
const ONLY_SIP: readonly string[] = ["sipProxy", "oneNumber", "softphone", "mediaProtocol"];

/** A device in the form of its user; `id` null = one to be made. */
export type DeviceDraft = Pick<UserDevice, (typeof PLAIN)[number] | "passwordSet"> & {
  key: string;
  id: string | null;
  /** As it is typed; what is stored is never told. */
  password: string;
};

export function draftOfDevice(row: UserDevice): DeviceDraft {
  const { id, passwordSet } = row;
  return { ...plain(row), key: id, id, passwordSet, password: "" };
}

let made = 0;

export function newDevice(link: string, protocol: string): DeviceDraft {
  made += 1;
  return {
    key: `new-${made}`,
    id: null,
    number: "",
    link,
    protocol,
    label: "",
    password: "",
    passwordSet: false,
    ip: "",
    video: false,
    clientPort: 0,
    sipProxy: "",
    oneNumber: false,
    softphone: false,
    mediaProtocol: "None",
  };
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
    if (!row) await create("devices", { user, ...toSend(line) });
    else if (changed(row, line)) await update("devices", row, toSend(line));
  }
}

/** Without what its protocol does not have; a password left empty stays. */
export function toSend(line: DeviceDraft): object {
  const had = Object.entries(plain(line)).filter(
    ([name]) => line.protocol === "SIP" || !ONLY_SIP.includes(name),
  );
  return { ...Object.fromEntries(had), ...(line.password && { password: line.password }) };
}

function changed(row: UserDevice, line: DeviceDraft): boolean {
  return line.password !== "" || PLAIN.some((name) => row[name] !== line[name]);
}

function plain<D extends Pick<UserDevice, (typeof PLAIN)[number]>>(from: D) {
  const pairs = PLAIN.map((name) => [name, from[name]]);
  return Object.fromEntries(pairs) as Pick<UserDevice, (typeof PLAIN)[number]>;
}
