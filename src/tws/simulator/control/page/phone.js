// One phone of the wall: a card made once, then brought up to date, so that focus and typing stay.

import { duration, grouped, say, why } from "./words.js";

const HANDSET = "M4 9c0-3 4-5 8-5s8 2 8 5v2l-4 1-1-3H9l-1 3-4-1z";
const keys = ["answer", "refuse", "hold", "retrieve", "swap", "transfer", "conference", "park", "pickUp"];

/** `press(number, path, body)` does what a key means. */
export function makePhone(number, press) {
  const card = element("article", { class: "phone", id: `phone-${number}` });
  const handset = element("button", { class: "handset", type: "button" }, icon());
  const top = element("span", { class: "who" });
  const state = element("span", { class: "state" });
  const others = element("span", { class: "others" });
  const clock = element("span", { class: "clock" });
  const marks = element("p", { class: "marks" });
  const display = element("div", { class: "display" }, top, marks, element("p", { class: "second" }, state, others, clock));
  const dial = element("form", { class: "dial line" });
  const input = element("input", { inputmode: "tel", autocomplete: "off", size: "8", maxlength: "64", "aria-label": say("number", { phone: number }) });
  const dialKey = element("button", { type: "submit" }, say("dial"));
  const toKey = element("button", { type: "button" }, say("transferTo"));
  const deflectKey = element("button", { type: "button" }, say("deflect"));
  const digitsKey = element("button", { type: "button" }, say("digits"));
  dial.append(input, dialKey, toKey, deflectKey, digitsKey);
  const row = element("div", { class: "keys line" });
  const buttons = Object.fromEntries(keys.map((key) => [key, element("button", { type: "button", class: key }, say(key))]));
  row.append(...Object.values(buttons));
  const settings = makeSettings(number, press);
  card.append(element("div", { class: "line first" }, handset, display), row, dial, settings.root);

  let shown = null;
  const typed = (path, field) => {
    const value = input.value.replace(/[^0-9A-D*#+]/gi, "");
    if (!value) return input.focus();
    press(number, path, { [field]: value }).then((done) => { if (done) input.value = ""; });
  };
  handset.addEventListener("click", () => press(number, `keys/${shown?.offHook ? "hangUp" : "lift"}`));
  dial.addEventListener("submit", (event) => { event.preventDefault(); typed("dial", "number"); });
  toKey.addEventListener("click", () => typed("transfer", "to"));
  deflectKey.addEventListener("click", () => typed("deflect", "to"));
  digitsKey.addEventListener("click", () => typed("digits", "digits"));
  const paths = { answer: "keys/answer", refuse: "keys/hangUp", hold: "keys/hold", retrieve: "keys/retrieve", swap: "keys/swap", transfer: "transfer", conference: "keys/conference", park: "park", pickUp: "pickUp" };
  for (const key of keys) buttons[key].addEventListener("click", () => press(number, paths[key], {}));

  let pickable = false;

  function update(phone) {
    shown = phone;
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    const can = possible(phone, pickable);
    card.dataset.state = can.name;
    top.textContent = phone.display[0];
    state.textContent = can.words;
    others.textContent = otherSide(phone);
    marks.replaceChildren(...marksOf(phone));
    const label = phone.offHook && !can.lifting ? "hangUp" : can.ringing ? "answer" : "lift";
    handset.setAttribute("aria-label", `${say(label)} ${phone.number}`);
    handset.title = say(label);
    handset.disabled = !phone.plugged;
    for (const key of keys) buttons[key].hidden = !can[key];
    dial.hidden = !can.dial && !can.ringing;
    dialKey.hidden = !can.dial;
    toKey.hidden = digitsKey.hidden = !can.talking;
    deflectKey.hidden = !can.ringing;
    settings.update(phone);
    if (focused?.closest("[hidden]")) handset.focus();
    tick();
  }

  function tick() {
    const call = shown && activeCall(shown);
    clock.textContent = call && call.state !== "initiated" ? duration(Date.now() / 1000 - call.since) : "";
  }

  /** Whether something rings that this phone can pick up. */
  function setPickable(now) {
    if (now === pickable) return;
    pickable = now;
    if (shown) update(shown);
  }

  return { root: card, update, tick, setPickable };
}

function activeCall(phone) {
  const order = ["connected", "fail", "initiated", "alerting", "hold", "queued"];
  return [...phone.calls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0];
}

/** What the phone does now, in words, and which keys make sense. */
function possible(phone, pickable) {
  if (!phone.plugged) return { name: "unplugged", words: say("unplugged") };
  const call = activeCall(phone);
  if (!call) return { name: "idle", words: say("idle"), pickUp: pickable };
  const held = phone.calls.some((one) => one.state === "hold");
  const alerting = phone.calls.some((one) => one.state === "alerting");
  const answered = call.state === "connected" && call.with.some((far) => far.state === "connected" || far.state === "hold");
  if (call.prompted) return { name: "ringing", words: say("lifting", { number: call.dialled }), lifting: true, ringing: false };
  if (call.state === "alerting") return { name: "ringing", words: say("ringing"), ringing: true, answer: true, refuse: true };
  if (call.state === "initiated") return { name: "dialTone", words: say("dialTone"), dial: true, pickUp: pickable, retrieve: held };
  if (call.state === "hold") return { name: "held", words: say("held"), retrieve: true, dial: true };
  if (call.failure) return { name: "failed", words: say("failed", { why: why(call.failure) }), retrieve: held };
  const words = call.conference ? say("conferenceWith") : answered ? say("talking") : say("calling");
  return {
    name: answered ? "talking" : "calling", words, talking: answered, dial: answered && !held,
    hold: answered, retrieve: held, swap: held && answered, transfer: held, conference: held && answered,
    park: answered && call.with.length === 1, answer: alerting,
  };
}

function otherSide(phone) {
  const call = activeCall(phone);
  if (!call || call.prompted) return "";
  const held = phone.calls.filter((one) => one.state === "hold" && one !== call);
  const names = (one) => one.with.map((far) => `${far.name || ""} ${grouped(far.number)}`.trim()).join(" + ") || (one.failure ? one.called?.number ?? "" : "");
  return [names(call), ...held.map((one) => `(${say("held")}: ${names(one)})`)].join(" ");
}

function marksOf(phone) {
  const marks = [];
  const mark = (kind, symbol, words) => marks.push(element("span", { class: `mark ${kind}`, title: words, role: "img", "aria-label": words }, symbol));
  if (phone.doNotDisturb) mark("dnd", "▬", say("dnd"));
  for (const one of phone.forwardings.filter((each) => each.active)) mark("forward", `→ ${one.destination}`, say("forwarded", { to: one.destination }));
  if (phone.lamp) mark("lamp", `✉ ${phone.messages || ""}`, say("messages", { n: phone.messages }));
  if (phone.agent && !(phone.agent.loggedOn && phone.agent.ready)) mark("agent", "⏸", say("queue", { queue: "" }));
  return marks;
}

function makeSettings(number, press) {
  const root = element("details", {}, element("summary", { "aria-label": say("more", { phone: number }) }, "⋯"));
  const dnd = element("input", { type: "checkbox" });
  const ready = element("input", { type: "checkbox" });
  const readyLabel = element("label", {}, ready, say("ready"));
  const form = element("form", { class: "line" });
  const to = element("input", { size: "8", inputmode: "tel", autocomplete: "off", maxlength: "64", "aria-label": say("forwardTo") });
  form.append(element("span", {}, say("forwardTo")), to, element("button", { type: "submit" }, say("set")));
  const unset = element("button", { type: "button" }, say("unset"));
  form.append(unset);
  const message = element("button", { type: "button" }, say("message"));
  const plug = element("button", { type: "button" });
  root.append(element("div", { class: "settings" }, element("label", {}, dnd, say("doNotDisturb")), readyLabel, form, element("div", { class: "line" }, message, plug)));
  let plugged = true;
  dnd.addEventListener("change", () => press(number, "doNotDisturb", { on: dnd.checked }));
  ready.addEventListener("change", () => press(number, "agent", { loggedOn: true, ready: ready.checked }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (to.value) press(number, "forward", { active: true, destination: to.value.trim() });
    else to.focus();
  });
  unset.addEventListener("click", () => press(number, "forward", { active: false }));
  message.addEventListener("click", () => press(number, "keys/message"));
  plug.addEventListener("click", () => press(number, "plug", { on: !plugged }));

  function update(phone) {
    plugged = phone.plugged;
    dnd.checked = phone.doNotDisturb;
    readyLabel.hidden = !phone.agent;
    ready.checked = Boolean(phone.agent?.loggedOn && phone.agent.ready);
    unset.hidden = !phone.forwardings.some((one) => one.active && one.when === "immediate" && one.origin === "all");
    plug.textContent = say(plugged ? "unplug" : "plug");
  }
  return { root, update };
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const base = document.createElementNS(svg.namespaceURI, "path");
  base.setAttribute("class", "base");
  base.setAttribute("d", "M6 14c1-2 3-2 6-2s5 0 6 2l1 6H5z");
  const lifted = document.createElementNS(svg.namespaceURI, "path");
  lifted.setAttribute("class", "lifted");
  lifted.setAttribute("d", HANDSET);
  svg.append(base, lifted);
  return svg;
}

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
