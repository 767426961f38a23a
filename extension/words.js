/** Puts the words of the browser's language where a page names them. */
document.documentElement.lang = chrome.i18n.getUILanguage();
for (const element of document.querySelectorAll("[data-word]"))
  element.textContent = chrome.i18n.getMessage(element.dataset.word);
document.title = chrome.i18n.getMessage("name");
