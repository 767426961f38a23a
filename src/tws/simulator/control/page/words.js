// What the page says, in French where the browser asks for it, else in English.

const fr = {
  traffic: "Appels par seconde", start: "Lancer le trafic", stop: "Arrêter le trafic",
  outside: "L’extérieur", callTo: "Appeler le", callAs: "de la part de",
  somebodyElse: "quelqu’un d’autre…", callerName: "Nom", callerNumber: "Numéro", call: "Appeler",
  withheld: "numéro masqué", phones: "Les postes", filter: "Chercher un nom ou un numéro",
  shown: "{n} postes sur {all}", link: "{clients} client(s) CSTA · {monitors} poste(s) supervisé(s) · {calls} appel(s)",
  lost: "Le simulateur ne répond plus ; nouvel essai…",
  lift: "Décrocher", answer: "Répondre", hangUp: "Raccrocher", refuse: "Refuser",
  number: "Numéro à composer depuis {phone}", dial: "Composer",
  hold: "Mettre en attente", retrieve: "Reprendre", swap: "Va-et-vient",
  transfer: "Relier les deux", transferTo: "Transférer", conference: "Conférence", deflect: "Renvoyer vers",
  park: "Parquer", pickUp: "Intercepter", digits: "Chiffres",
  more: "Réglages du poste {phone}", doNotDisturb: "Ne pas déranger", forwardTo: "Renvoi immédiat vers", set: "Activer", unset: "Annuler",
  unplug: "Débrancher", plug: "Brancher", message: "Laisser un message vocal",
  ready: "Prêt à prendre les appels de la file",
  unplugged: "débranché", idle: "libre", dialTone: "tonalité", ringing: "sonne", calling: "appelle", talking: "en ligne",
  held: "en attente", lifting: "à décrocher : {number}", waiting: "file d’attente", failed: "échec : {why}",
  conferenceWith: "conférence", messages: "{n} message(s)", forwarded: "renvoi vers {to}", dnd: "ne pas déranger",
  freeLines: "{n} lignes libres, {places} places de parcage libres", free: "libre", broken: "hors service", break: "Mettre hors service", mend: "Remettre en service", line: "Ligne {line}",
  queue: "File {queue}", queued: "{n} en attente", parked: "Parcage",
  why_busy: "occupé", why_doNotDisturb: "ne pas déranger", why_destNotObtainable: "numéro inconnu",
  why_numberUnallocated: "numéro non attribué", why_networkCongestion: "réseau saturé", why_trunksBusy: "plus de ligne libre",
  why_destOutOfOrder: "poste débranché", why_blocked: "renvois en boucle",
  no_noCallToAnswer: "Rien ne sonne ici.", no_noActiveCall: "Pas d’appel en cours.", no_noHeldCall: "Pas d’appel en attente.",
  no_connectedCallExists: "Ce poste est déjà en ligne.", no_invalidConnectionState: "Pas possible maintenant.",
  no_deviceOutOfService: "Ce poste est débranché.", no_invalidDestination: "Ce numéro ne mène nulle part.",
  no_invalidForwardingDestination: "Ce renvoi ne mène nulle part.", no_invalidCalledDeviceID: "Ce numéro ne peut pas être composé.",
  no_invalidPickUpDeviceID: "Ce poste n’est dans aucun groupe d’interception.", no_networkBusy: "Toutes les lignes sont prises.",
  no_resourceBusy: "Plus de place sur ce poste.", no_invalid: "Valeur refusée.", no_other: "Refusé ({code}).",
};

const en = {
  traffic: "Calls per second", start: "Start traffic", stop: "Stop traffic",
  outside: "Outside", callTo: "Call", callAs: "as", somebodyElse: "somebody else…",
  callerName: "Name", callerNumber: "Number", call: "Call", withheld: "withheld number",
  phones: "Phones", filter: "Find a name or number", shown: "{n} phones of {all}",
  link: "{clients} CSTA client(s) · {monitors} device(s) monitored · {calls} call(s)",
  lost: "The simulator does not answer; trying again…",
  lift: "Lift", answer: "Answer", hangUp: "Hang up", refuse: "Refuse",
  number: "Number to dial from {phone}", dial: "Dial", hold: "Hold", retrieve: "Resume",
  swap: "Swap", transfer: "Join both", transferTo: "Transfer", conference: "Conference",
  deflect: "Deflect to", park: "Park", pickUp: "Pick up", digits: "Digits",
  more: "Settings of phone {phone}", doNotDisturb: "Do not disturb", forwardTo: "Forward all calls to", set: "Forward", unset: "Cancel",
  unplug: "Unplug", plug: "Plug in", message: "Leave a voice message",
  ready: "Ready for calls of the queue",
  unplugged: "unplugged", idle: "free", dialTone: "dial tone", ringing: "ringing", calling: "calling", talking: "talking",
  held: "on hold", lifting: "lift to call {number}", waiting: "in the queue", failed: "failed: {why}",
  conferenceWith: "conference", messages: "{n} message(s)", forwarded: "forwarded to {to}", dnd: "do not disturb",
  freeLines: "{n} free lines, {places} free park places", free: "free", broken: "out of order", break: "Put out of order", mend: "Put back in order", line: "Line {line}",
  queue: "Queue {queue}", queued: "{n} waiting", parked: "Park",
  why_busy: "busy", why_doNotDisturb: "do not disturb", why_destNotObtainable: "unknown number",
  why_numberUnallocated: "number not in use", why_networkCongestion: "network overloaded", why_trunksBusy: "no free line",
  why_destOutOfOrder: "phone unplugged", why_blocked: "forwarded in a circle",
  no_noCallToAnswer: "Nothing rings here.", no_noActiveCall: "No call at the ear.", no_noHeldCall: "No call on hold.",
  no_connectedCallExists: "This phone is in a call already.", no_invalidConnectionState: "Not possible now.",
  no_deviceOutOfService: "This phone is unplugged.", no_invalidDestination: "That number leads nowhere.",
  no_invalidForwardingDestination: "That forwarding leads nowhere.", no_invalidCalledDeviceID: "That number cannot be dialled.",
  no_invalidPickUpDeviceID: "This phone is in no pickup group.", no_networkBusy: "All lines are taken.",
  no_resourceBusy: "No room left on this phone.", no_invalid: "Value refused.", no_other: "Refused ({code}).",
};

const french = (navigator.languages ?? [navigator.language]).find((one) => /^(fr|en)/.test(one))?.startsWith("fr");
const words = french ? fr : en;
document.documentElement.lang = french ? "fr" : "en";

/** The words for `key`, with `{name}` replaced. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Why a call failed, or why something was refused; the code itself where there are no words. */
export function why(cause) {
  return words[`why_${cause}`] ?? cause;
}

export function refusal(code) {
  return words[`no_${code}`] ?? say("no_other", { code });
}

/** Put the words into the elements marked `data-say` and `data-placeholder`. */
export function translate(root) {
  for (const one of root.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of root.querySelectorAll("[data-placeholder]")) {
    one.placeholder = say(one.dataset.placeholder);
  }
}

/** `01 55 17 18 89`: ten digits in pairs, as people in France read them; others as they are. */
export function grouped(number) {
  return /^\d{10}$/.test(number) ? number.replace(/(\d\d)(?=\d)/g, "$1 ") : number;
}

/** `2:14`, `1:02:14`. */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}
