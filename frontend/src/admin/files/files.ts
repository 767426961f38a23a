import { request } from "../../shared/api/client.ts";
import { ApiError } from "../../shared/api/problem.ts";
import type { FileValue } from "../../shared/api/types.generated.ts";
import type { Problem } from "../../shared/api/types.ts";

const PLACE = "/admin/files";

export function listFiles(company: string): Promise<FileValue[]> {
  return request("GET", PLACE, { query: { company } });
}

export function deleteFile(company: string, name: string): Promise<void> {
  return request("DELETE", PLACE, { query: { company, name } });
}

/** Sends a file; `told` hears which part of it is there. No `fetch` says that. */
export function sendFile(
  company: string,
  file: File,
  told: (part: number) => void,
): Promise<FileValue> {
  const query = new URLSearchParams({ company, name: file.name });
  const sending = new XMLHttpRequest();
  sending.open("PUT", `/api/v1${PLACE}?${query}`);
  sending.setRequestHeader("Content-Type", "application/octet-stream");
  sending.responseType = "json";
  sending.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
  return new Promise((done, failed) => {
    sending.onload = () => {
      if (sending.status === 200) done(sending.response as FileValue);
      else failed(new ApiError(refusal(sending)));
    };
    sending.onerror = () => failed(new TypeError("not sent"));
    sending.send(file);
  });
}

function refusal({ response, status, statusText }: XMLHttpRequest): Problem {
  const said = response as Problem | null;
  return said?.code ? said : { status, code: "error", detail: statusText };
}

/** `123456` -> `123 kB`, as the culture writes it. */
export function sizeWords(bytes: number, culture: string): string {
  const [unit, size] =
    bytes >= 1e6 ? (["megabyte", bytes / 1e6] as const) : (["kilobyte", bytes / 1e3] as const);
  return new Intl.NumberFormat(culture, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size);
}
