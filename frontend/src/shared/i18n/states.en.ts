import type { states as fr } from "./states.fr.ts";
import type { Words } from "./words.ts";

export const states: Words<typeof fr> = {
  linkState: {
    connecting: "Connecting",
    starting: "Starting",
    up: "Connected",
    down: "Down",
    misconfigured: "Needs mending",
  },
  monitorState: {
    monitored: "Monitored",
    starting: "Starting",
    waiting: "Waiting for a place",
    refused: "Refused by the PBX",
    linkDown: "Link down",
    outOfService: "Out of service",
    unknown: "Unknown",
  },
};
