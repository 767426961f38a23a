import { useList } from "./data.ts";

/** Rows are known by id; people know them by name. */
export function useNames() {
  const domains = useList("domains").data ?? [];
  const users = useList("users").data ?? [];
  const groups = useList("groups").data ?? [];
  const links = useList("links").data ?? [];
  const queues = useList("queues").data ?? [];
  const intercomGroups = useList("intercom-groups").data ?? [];
  const found = <R extends { id: string }>(
    rows: R[],
    id: string | null,
    name: (row: R) => string,
  ) => {
    const row = rows.find((each) => each.id === id);
    return row ? name(row) : "";
  };
  return {
    domain: (id: string | null) => found(domains, id, (row) => row.name),
    user: (id: string | null) => found(users, id, (row) => row.displayName),
    group: (id: string | null) => found(groups, id, (row) => row.name),
    queue: (id: string | null) => found(queues, id, (row) => row.name),
    intercomGroup: (id: string | null) => found(intercomGroups, id, (row) => row.name),
    link: (id: string | null) => found(links, id, (row) => row.name),
  };
}
