// The outside: people who call in, the lines they come by, and the queues they wait in.

import { element } from "./phone.js";
import { duration, grouped, say } from "./words.js";

const callers = [
  { name: "Marc Girard", number: "0155171889" },
  { name: "Zoé Dubois", number: "0612345678" },
  { name: "", number: "0493000001", restricted: true },
];

/** The form that calls in. `act(path, body)` does it. */
export function makeCallIn(act) {
  const form = document.getElementById("call-in");
  const target = document.getElementById("target");
  const call = (caller) => {
    if (form.reportValidity()) act("outside/call", { ...caller, called: target.value.trim() });
  };
  for (const caller of callers) {
    const label = caller.restricted ? say("withheld") : caller.name;
    const button = element("button", { type: "button", title: grouped(caller.number) }, label);
    button.addEventListener("click", () => call(caller));
    document.getElementById("callers").append(button);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = document.getElementById("caller-name").value.trim();
    const number = document.getElementById("caller-number").value.replace(/[^0-9+]/g, "");
    call({ name, number });
  });
}

/** One outside line. */
export function makeLine(number, act) {
  const root = element("li", { class: "outside-line" });
  const words = element("span", { class: "words" });
  const answer = element("button", { type: "button" }, say("answer"));
  const hangUp = element("button", { type: "button" }, say("hangUp"));
  const state = element("button", { type: "button", class: "small" });
  root.append(element("strong", {}, say("line", { line: number })), words, answer, hangUp, state);
  let shown = null;
  answer.addEventListener("click", () => act(`outside/${number}/answer`));
  hangUp.addEventListener("click", () => act(`outside/${number}/hangUp`));
  state.addEventListener("click", () => act(`outside/${number}/outOfOrder`, { on: !shown.outOfOrder }));

  function update(line) {
    shown = line;
    const call = line.calls[0];
    root.dataset.state = line.outOfOrder ? "unplugged" : call ? (call.state === "alerting" ? "ringing" : "talking") : "idle";
    answer.hidden = call?.state !== "alerting";
    hangUp.hidden = !call;
    state.textContent = say(line.outOfOrder ? "mend" : "break");
    tick();
  }
  function tick() {
    const call = shown?.calls[0];
    words.textContent = shown?.outOfOrder ? say("broken") : call ? lineWords(call) : say("free");
  }
  return { root, update, tick, kind: "line", get busy() { return Boolean(shown?.calls.length || shown?.outOfOrder); } };
}

function lineWords(call) {
  const far = call.with.map((one) => `${one.name || ""} ${one.number}`.trim()).join(" + ");
  const own = call.dialled ? grouped(call.dialled) : grouped(call.calling?.number ?? "");
  return `${own} ${call.dialled ? "←" : "→"} ${far} ${duration(Date.now() / 1000 - call.since)}`;
}

/** A queue (shown always) or a park place (shown while something is parked): who waits there. */
export function makeQueue(number, title, kind) {
  const root = element("li", { class: "outside-line" });
  const words = element("span", { class: "words" });
  root.append(element("strong", {}, title), words);
  let shown = null;
  function update(queue) {
    shown = queue;
    root.dataset.state = queue.calls.length ? "ringing" : "idle";
    tick();
  }
  function tick() {
    const waiting = (shown?.calls ?? []).map((call) => {
      const who = call.calling?.restricted ? say("withheld") : `${call.calling?.name ?? ""} ${call.calling?.number ?? ""}`.trim();
      return `${who} ${duration(Date.now() / 1000 - call.since)}`;
    });
    words.textContent = waiting.length ? `${say("queued", { n: waiting.length })}: ${waiting.join(", ")}` : say("free");
  }
  return { root, update, tick, kind, get busy() { return kind === "queue" || Boolean(shown?.calls.length); } };
}
