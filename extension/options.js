const { originOf, patternOf } = globalThis.twsPlaces;
const form = document.getElementById("form");
const field = document.getElementById("server");
const said = document.getElementById("said");
const say = (word) => (said.textContent = chrome.i18n.getMessage(word));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const server = originOf(field.value);
  field.setAttribute("aria-invalid", String(server === null));
  if (server === null) return say("serverWrong");
  // By it the page of TWS that is open is found again; without it a new one is opened each time.
  void allowed(server);
  void chrome.storage.sync.set({ server }).then(() => {
    field.value = server;
    say("saved");
  });
});

/** Not awaited: what is saved is saved, and a browser asks only in the click itself. */
async function allowed(server) {
  try {
    await chrome.permissions.request({ origins: [patternOf(server)] });
  } catch (error) {
    console.warn(error);
  }
}

void (async () => {
  const { server: managed } = await chrome.storage.managed.get("server").catch(() => ({}));
  const { server: typed } = await chrome.storage.sync.get("server");
  field.value = managed || typed || "";
  if (!managed) return;
  field.readOnly = true;
  form.querySelector("button").disabled = true;
  const wrong = originOf(managed) === null;
  field.setAttribute("aria-invalid", String(wrong));
  say(wrong ? "serverManagedWrong" : "serverManaged");
})();
