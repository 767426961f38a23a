/** How far a domain is on its way to the first call (chapter 3 of the guide), from its rows and
 * what the server says of them now. */
import type { ApplicationUsersValue, LicencesValue } from "../../shared/api/types.generated.ts";
import type { LiveDevice, LiveLink } from "../live/states.ts";
import type { Domain } from "../rows.ts";

export type Known = {
  domain: Domain | undefined;
  licences: LicencesValue | undefined;
  links: LiveLink[];
  devices: LiveDevice[];
  callers: ApplicationUsersValue | undefined;
};

export type StepName = "domain" | "licence" | "link" | "users" | "caller" | "call";
/** `wrong`: something was done and does not work. */
export type StepState = "done" | "todo" | "wrong";
export type Step = { name: StepName; state: StepState; count: number; of: number };

export function steps(known: Known, called: boolean): Step[] {
  const up = known.links.filter((link) => link.state === "up").length;
  const monitored = known.devices.filter((device) => device.state === "monitored").length;
  const { authorised, users } = known.callers ?? { authorised: 0, users: 0 };
  const trusted = ["community", "valid"].includes(known.licences?.state ?? "community");
  return [
    { name: "domain", state: known.domain ? "done" : "todo", count: 0, of: 0 },
    { name: "licence", state: trusted ? "done" : "wrong", count: 0, of: 0 },
    step("link", up, known.links.length, 1),
    step("users", monitored, known.devices.length, 2),
    { name: "caller", state: authorised > 0 ? "done" : "todo", count: authorised, of: users },
    { name: "call", state: called ? "done" : "todo", count: 0, of: 0 },
  ];
}

/** Done once there are enough that work; nothing is wrong before there is anything. */
function step(name: StepName, count: number, of: number, needed: number): Step {
  const state = count >= needed ? "done" : of < needed ? "todo" : "wrong";
  return { name, state, count, of };
}
