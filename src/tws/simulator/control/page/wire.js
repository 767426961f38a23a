// The simulator's control port: its state as it changes, and what hands do.

import { refusal } from "./words.js";

const rooms = ["phones", "lines", "queues", "parkPlaces", "mailboxes"];

/** Follow the PBX. `changed(state, touched)` is called with everything, and the numbers that changed
 * (null = all); `connection(up)` when the stream is lost or found again. */
export function follow(changed, connection) {
  const state = { pbx: null, phones: {}, lines: {}, queues: {}, parkPlaces: {}, mailboxes: {} };
  const source = new EventSource("/api/events");
  source.addEventListener("state", (event) => {
    Object.assign(state, JSON.parse(event.data));
    connection(true);
    changed(state, null);
  });
  source.addEventListener("change", (event) => {
    const told = JSON.parse(event.data);
    const touched = new Set();
    for (const room of rooms) {
      for (const [number, value] of Object.entries(told[room] ?? {})) {
        state[room][number] = value;
        touched.add(number);
      }
    }
    state.pbx = told.pbx;
    changed(state, touched);
  });
  source.addEventListener("error", () => connection(false));
}

/** Do something; resolves to whether it was done. A refusal is given in words to `refused`. */
export async function act(path, body, refused) {
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
  } catch {
    return false; // the bar says that the simulator does not answer
  }
  if (response.ok) return true;
  const said = await response.json().catch(() => ({ code: String(response.status) }));
  refused(refusal(said.code), said.detail);
  return false;
}
