import { create, remove } from "../data.ts";
import type { Grant } from "../rows.ts";
import { type GrantDraft, grantDraft } from "./directory.ts";

/** Makes the stored grants of a directory those of the form. */
export async function saveGrants(
  directory: string,
  stored: Grant[],
  wanted: GrantDraft[],
): Promise<void> {
  for (const row of stored) {
    if (!wanted.some((grant) => same(grant, grantDraft(row)))) {
      await remove("grants", row);
    }
  }
  for (const grant of wanted) {
    if (!stored.some((row) => same(grant, grantDraft(row)))) {
      await create("grants", {
        kind: "directory",
        objectKind: "directory",
        object: directory,
        granteeKind: grant.kind,
        grantee: grant.who,
      });
    }
  }
}

export function same(a: GrantDraft, b: GrantDraft): boolean {
  return a.kind === b.kind && a.who === b.who;
}
