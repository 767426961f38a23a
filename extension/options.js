const form = document.getElementById("form");
const field = document.getElementById("server");
const said = document.getElementById("said");
const say = (word) => (said.textContent = chrome.i18n.getMessage(word));

/** The origin of what was typed, with https where nothing is said; null = none. */
function originOf(text) {
  const typed = text.trim();
  try {
    const url = new URL(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
    return url.hostname && !url.username ? url.origin : null;
  } catch {
    return null;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const server = originOf(field.value);
  field.setAttribute("aria-invalid", String(server === null));
  if (server === null) return say("serverWrong");
  // By it the page of TWS that is open is found again; without it a new one is opened each time.
  void chrome.permissions.request({ origins: [`${server}/*`] }).catch(() => false);
  void chrome.storage.sync.set({ server }).then(() => {
    field.value = server;
    say("saved");
  });
});

void (async () => {
  const { server: managed } = await chrome.storage.managed.get("server").catch(() => ({}));
  const { server: typed } = await chrome.storage.sync.get("server");
  field.value = managed || typed || "";
  if (!managed) return;
  field.readOnly = true;
  form.querySelector("button").disabled = true;
  say("serverManaged");
})();
