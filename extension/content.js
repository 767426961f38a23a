/** Makes the telephone numbers of a page clickable: those it has, and those that come while it is open. */
(() => {
  if (globalThis.twsMarks) return; // it was asked for already
  globalThis.twsMarks = true;

  const NAME = "data-tws-number";
  const ALONE = "a, button, input, textarea, select, option, script, style, noscript, code, svg";
  const SLICE = 500;
  const style = document.createElement("style");
  style.textContent = `[${NAME}]{cursor:pointer;text-decoration:underline dotted;text-underline-offset:2px}`;
  document.documentElement.append(style);

  function leftAlone(element) {
    return element === null || element.isContentEditable || element.closest(`${ALONE}, [${NAME}]`);
  }

  /** The texts below a node that may hold a number. */
  function texts(root) {
    const all = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    if (root.nodeType === Node.TEXT_NODE) all.push(root);
    while (walk.nextNode()) all.push(walk.currentNode);
    return all.filter((text) => /\d{2}/u.test(text.data) && !leftAlone(text.parentElement));
  }

  function mark(text) {
    // From the end: what stands before keeps its place.
    for (const { start, end, number } of globalThis.twsNumbers.found(text.data).reverse()) {
      const behind = text.splitText(start);
      behind.splitText(end - start);
      const link = document.createElement("span");
      link.setAttribute(NAME, number);
      link.setAttribute("role", "link");
      link.tabIndex = 0;
      link.title = chrome.i18n.getMessage("callTitle", number);
      behind.replaceWith(link);
      link.append(behind);
    }
  }

  function ask(event) {
    const link = event.target instanceof Element ? event.target.closest(`[${NAME}]`) : null;
    // A page that clicks by itself asks for nothing.
    if (!link || !event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    chrome.runtime.sendMessage({ call: link.getAttribute(NAME) });
  }

  const waiting = new Set();
  function look() {
    const roots = [...waiting].slice(0, SLICE);
    for (const root of roots) {
      waiting.delete(root);
      if (root.isConnected) texts(root).forEach(mark);
    }
    if (waiting.size > 0) requestIdleCallback(look);
  }

  document.addEventListener("click", ask, true);
  document.addEventListener("keydown", (event) => event.key === "Enter" && ask(event), true);
  new MutationObserver((changes) => {
    const idle = waiting.size === 0;
    for (const { addedNodes } of changes) for (const node of addedNodes) waiting.add(node);
    if (idle && waiting.size > 0) requestIdleCallback(look);
  }).observe(document.body, { childList: true, subtree: true });
  texts(document.body).forEach(mark);
})();
