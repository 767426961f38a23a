/** How far a domain is on its way to the first call (chapter 3 of the guide), from its rows and
 * what the server says of them now. */
import type { LicencesValue } from "../../shared/api/types.generated.ts";
import type { LiveDevice, LiveLink } from "../live/states.ts";
import type { Domain, Grant, Group, User } from "../rows.ts";

export type Known = {
  domain: Domain | undefined;
  licences: LicencesValue | undefined;
  links: LiveLink[];
  users: User[];
  devices: LiveDevice[];
  groups: Group[];
  grants: Grant[];
};

export type StepName = "domain" | "licence" | "link" | "users" | "caller" | "call";
/** `wrong`: something was done and does not work. */
export type StepState = "done" | "todo" | "wrong";
export type Step = { name: StepName; state: StepState; count: number; of: number };

export const CALLER = "TWS Caller";

export function steps(known: Known, called: boolean): Step[] {
  const up = known.links.filter((link) => link.state === "up").length;
  const monitored = known.devices.filter((device) => device.state === "monitored").length;
  const callers = known.users.filter((user) => mayCall(user, known)).length;
  const trusted = ["community", "valid"].includes(known.licences?.state ?? "community");
  const users = known.users.length;
  return [
    { name: "domain", state: known.domain ? "done" : "todo", count: 0, of: 0 },
    { name: "licence", state: trusted ? "done" : "wrong", count: 0, of: 0 },
    step("link", up, known.links.length, 1),
    step("users", monitored, known.devices.length, 2),
    { name: "caller", state: callers > 0 ? "done" : "todo", count: callers, of: users },
    { name: "call", state: called ? "done" : "todo", count: 0, of: 0 },
  ];
}

/** Done once there are enough that work; nothing is wrong before there is anything. */
function step(name: StepName, count: number, of: number, needed: number): Step {
  const state = count >= needed ? "done" : of < needed ? "todo" : "wrong";
  return { name, state, count, of };
}

/** Whether the Caller is granted to the user, to one of their groups or to their domain. */
export function mayCall(user: User, known: Pick<Known, "groups" | "grants">): boolean {
  const groups = known.groups.filter((group) => group.members.includes(user.id));
  const theirs = new Set([user.id, user.domain, ...groups.map((group) => group.id)]);
  return known.grants.some(
    (grant) =>
      grant.kind === "application" && grant.object === CALLER && theirs.has(grant.grantee),
  );
}
