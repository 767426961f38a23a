import { create, remove } from "../data.ts";
import type { DirectoryGrant } from "../rows.ts";
import { type GrantDraft, grantDraft } from "./directory.ts";

/** Makes the stored grants of a directory those of the form. */
export async function saveGrants(
  directory: string,
  stored: DirectoryGrant[],
  wanted: GrantDraft[],
): Promise<void> {
  for (const row of stored) {
    if (!wanted.some((grant) => same(grant, grantDraft(row)))) {
      await remove("directory-grants", row);
    }
  }
  for (const grant of wanted) {
    if (!stored.some((row) => same(grant, grantDraft(row)))) {
      await create("directory-grants", { directory, [grant.kind]: grant.who });
    }
  }
}

export function same(a: GrantDraft, b: GrantDraft): boolean {
  return a.kind === b.kind && a.who === b.who;
}
