const once = document.getElementById("once");
const site = document.getElementById("site");
const said = document.getElementById("said");
document
  .getElementById("settings")
  .addEventListener("click", () => void chrome.runtime.openOptionsPage());

void (async () => {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const url = URL.canParse(tab?.url ?? "") ? new URL(tab.url) : null;
  if (!url || !/^https?:$/u.test(url.protocol)) {
    once.disabled = site.disabled = true;
    said.textContent = chrome.i18n.getMessage("noPage");
    return;
  }
  const pattern = globalThis.twsPlaces.patternOf(url.origin);
  const scripts = await chrome.scripting.getRegisteredContentScripts();
  site.checked = scripts.some((each) => each.id === `site ${pattern}`);
  const mark = async () => {
    const found = await chrome.runtime.sendMessage({ once: tab.id });
    said.textContent =
      found === null
        ? chrome.i18n.getMessage("noPage")
        : chrome.i18n.getMessage(found ? "found" : "found_0", String(found));
  };
  once.addEventListener("click", () => void mark());
  site.addEventListener("change", async () => {
    // Asked for here: a browser lets nothing be asked for that nobody clicked.
    const on =
      site.checked && (await chrome.permissions.request({ origins: [pattern] }));
    site.checked = on;
    await chrome.runtime.sendMessage({ site: pattern, on });
    if (on) await mark();
  });
})();
