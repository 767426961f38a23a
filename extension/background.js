/** Opens TWS with a number, from the menu or a page. It never dials: TWS asks whoever sits there. */
if (typeof importScripts === "function") importScripts("numbers.js", "places.js"); // Chromium; Firefox has a list
const { originOf, patternOf } = globalThis.twsPlaces;

const SELECTION = "selection";
const LINK = "link";
const FILES = ["numbers.js", "content.js"];

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.removeAll(() => {
    chrome.contextMenus.create({
      id: SELECTION,
      title: chrome.i18n.getMessage("callSelection"),
      contexts: ["selection"],
    });
    chrome.contextMenus.create({
      id: LINK,
      title: chrome.i18n.getMessage("callLink"),
      contexts: ["link"],
      targetUrlPatterns: ["tel:*", "sip:*", "callto:*"],
    });
  });
});

chrome.contextMenus.onClicked.addListener((info) => {
  if (info.menuItemId === LINK) void call(info.linkUrl);
  const number = globalThis.twsNumbers.marked(info.selectionText ?? "");
  if (info.menuItemId === SELECTION && number !== null) void call(`tel:${number}`);
});

// Of our own script in a page, and of our own pages; pages of the web cannot write here.
chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id) return false;
  if (message.call) void call(`tel:${message.call}`);
  else if (message.once) once(message.once).then(answer, () => answer(null));
  else if (message.site) site(message.site, message.on).then(answer, () => answer(null));
  return Boolean(message.once ?? message.site);
});

/** The address by policy, else the one that was typed; null = none that can be read: the options say so. */
async function server() {
  const { server: managed } = await chrome.storage.managed.get("server").catch(() => ({}));
  const { server: typed } = await chrome.storage.sync.get("server");
  return originOf(managed || typed);
}

/** In the page of TWS that is open, if we may see which one that is; else in a new one. */
async function call(link) {
  const origin = await server();
  if (origin === null) return chrome.runtime.openOptionsPage();
  const wish = `call=${encodeURIComponent(link)}`;
  try {
    const open = await opened(origin);
    if (open) {
      await chrome.windows.update(open.windowId, { focused: true });
      return await chrome.tabs.update(open.id, { active: true, url: `${origin}/#${wish}` });
    }
  } catch (error) {
    console.warn(error); // It was closed meanwhile, or the browser shows it to nobody.
  }
  return chrome.tabs.create({ url: `${origin}/?${wish}` });
}

/** The tab of its page; undefined where there is none, or it may not be seen. */
async function opened(origin) {
  const tabs = await chrome.tabs.query({ url: patternOf(origin) });
  return tabs.find(({ url }) => {
    const seen = url && URL.canParse(url) ? new URL(url) : null;
    return seen?.origin === origin && seen.pathname === "/";
  });
}

/** Makes the numbers of a page clickable, this time; how many there are. */
async function once(tabId) {
  await chrome.scripting.executeScript({ target: { tabId }, files: FILES });
  const [{ result }] = await chrome.scripting.executeScript({
    target: { tabId },
    func: () => document.querySelectorAll("[data-tws-number]").length,
  });
  return result;
}

/** On all pages of a host from now on, or no more. The permission was asked for by who clicked. */
async function site(pattern, on) {
  const id = `site ${pattern}`;
  const [known] = await chrome.scripting.getRegisteredContentScripts({ ids: [id] });
  if (known) await chrome.scripting.unregisterContentScripts({ ids: [id] });
  if (on) {
    const script = { id, matches: [pattern], js: FILES, runAt: "document_idle" };
    await chrome.scripting.registerContentScripts([script]);
  } else {
    await chrome.permissions.remove({ origins: [pattern] }).catch(() => false);
  }
  return on;
}
