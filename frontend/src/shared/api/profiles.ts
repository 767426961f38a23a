import { request } from "./client.ts";
import type { CreateProfileBody, ProfileValue } from "./types.generated.ts";

export type Profile = ProfileValue;
export type Fields = CreateProfileBody;

export function createProfile(fields: Fields): Promise<Profile> {
  return request("POST", "/profiles", { body: fields });
}

export function updateProfile({ id, version }: Profile, fields: Fields): Promise<Profile> {
  return request("PATCH", `/profiles/${id}`, { body: { version, ...fields } });
}

export function deleteProfile({ id, version }: Profile): Promise<void> {
  return request("DELETE", `/profiles/${id}`, { query: { version } });
}

/** null: none any more. */
export function chooseProfile(profile: string | null): Promise<unknown> {
  return request("PUT", "/profiles/chosen", { body: { profile } });
}
