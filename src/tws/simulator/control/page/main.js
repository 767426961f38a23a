// Puts the page together: the wall, the outside, traffic; and keeps it true.

import { makeCallIn, makeLine, makeQueue } from "./outside.js";
import { element, makePhone } from "./phone.js";
import { act, follow } from "./wire.js";
import { say, translate } from "./words.js";

const MOST = 60; // phones drawn at once: a large PBX is looked at through the filter
const by = (id) => document.getElementById(id);
const phones = new Map();
const others = new Map();
let state = null;
let hiding = 0;

translate(document);

function refused(words, detail) {
  const bar = by("said");
  bar.textContent = detail ? `${words} ${detail}` : words;
  bar.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { bar.hidden = true; }, 6000);
}

const doing = (path, body) => act(path, body, refused);
const press = (number, path, body) => doing(`phones/${number}/${path}`, body);

function wanted() {
  const text = by("filter").value.trim().toLowerCase();
  const all = Object.values(state.phones);
  const fits = (phone) => !text || `${phone.number} ${phone.name} ${phone.site}`.toLowerCase().includes(text);
  return { fitting: all.filter(fits), all: all.length };
}

function drawWall() {
  const { fitting, all } = wanted();
  const drawn = fitting.slice(0, MOST);
  by("shown").textContent = drawn.length < all ? say("shown", { n: drawn.length, all }) : "";
  const sites = new Map();
  for (const phone of drawn) {
    if (!phones.has(phone.number)) phones.set(phone.number, makePhone(phone.number, press));
    const card = phones.get(phone.number);
    card.update(phone);
    sites.set(phone.site, [...(sites.get(phone.site) ?? []), card.root]);
  }
  for (const number of phones.keys()) {
    if (!drawn.some((phone) => phone.number === number)) phones.delete(number);
  }
  by("wall").replaceChildren(...[...sites].map(([site, cards]) => element(
    "section", { class: "site", "aria-label": site || say("phones") },
    ...(site ? [element("h3", {}, site)] : []), element("div", { class: "grid" }, ...cards),
  )));
}

function drawOthers() {
  others.clear();
  const add = (number, made, value) => {
    others.set(number, made);
    made.update(value);
  };
  for (const [number, queue] of Object.entries(state.queues)) {
    add(number, makeQueue(number, `${say("queue", { queue: number })} ${queue.name}`, "queue"), queue);
  }
  for (const [number, line] of Object.entries(state.lines)) add(number, makeLine(number, doing), line);
  for (const [number, place] of Object.entries(state.parkPlaces)) {
    add(number, makeQueue(number, `${say("parked")} ${number}`, "place"), place);
  }
  const numbers = [...Object.values(state.phones).slice(0, 200), ...Object.values(state.queues)];
  by("numbers").replaceChildren(...numbers.map((one) => element("option", { value: one.number }, one.name ?? "")));
  sortOthers();
}

/** What is in use stands in the open, the rest behind the summary; nothing moves without need. */
function sortOthers() {
  const all = [...others.values()];
  const place = (list, wantedHere) => {
    const roots = wantedHere.map((one) => one.root);
    if (roots.length === list.children.length && roots.every((root, n) => list.children[n] === root)) return;
    const focused = document.activeElement;
    list.replaceChildren(...roots);
    if (roots.some((root) => root.contains(focused))) focused.focus();
  };
  place(by("busy"), all.filter((one) => one.busy));
  const free = all.filter((one) => !one.busy);
  place(by("free"), free);
  const count = (kind) => free.filter((one) => one.kind === kind).length;
  by("free-summary").textContent = say("freeLines", { n: count("line"), places: count("place") });
}

/** Which phones have something to pick up: another of their group rings. */
function offerPickups() {
  const ringing = new Map();
  for (const phone of Object.values(state.phones)) {
    if (phone.pickupGroup && phone.calls.some((call) => call.state === "alerting")) {
      ringing.set(phone.pickupGroup, [...(ringing.get(phone.pickupGroup) ?? []), phone.number]);
    }
  }
  for (const [number, card] of phones) {
    const near = ringing.get(state.phones[number].pickupGroup) ?? [];
    card.setPickable(near.some((other) => other !== number));
  }
}

function drawSummary() {
  const { pbx } = state;
  by("name").textContent = pbx.name;
  document.title = pbx.name;
  by("link").textContent = say("link", pbx);
  by("traffic-button").textContent = say(pbx.traffic.callsPerSecond ? "stop" : "start");
  by("rate").disabled = Boolean(pbx.traffic.callsPerSecond);
}

function changed(now, touched) {
  const first = state === null;
  state = now;
  drawSummary();
  if (touched === null) {
    if (first && !state.phones[by("target").value]) by("target").value = Object.keys(state.phones)[0] ?? "";
    drawWall();
    drawOthers();
    offerPickups();
    return;
  }
  for (const number of touched) {
    const phone = state.phones[number];
    if (phone) phones.get(number)?.update(phone);
    else others.get(number)?.update(state.lines[number] ?? state.queues[number] ?? state.parkPlaces[number] ?? { calls: [] });
  }
  sortOthers();
  offerPickups();
}

function connection(up) {
  by("lost").textContent = say("lost");
  by("lost").hidden = up;
}

by("filter").addEventListener("input", () => {
  if (!state) return;
  drawWall();
  offerPickups();
});
by("traffic").addEventListener("submit", (event) => {
  event.preventDefault();
  const running = state?.pbx.traffic.callsPerSecond;
  doing("traffic", { callsPerSecond: running ? 0 : Number(by("rate").value) });
});
makeCallIn(doing);
setInterval(() => { for (const one of [...phones.values(), ...others.values()]) one.tick(); }, 1000);
follow(changed, connection);
