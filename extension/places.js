/** Addresses as people and policies write them, and what a browser lets us ask for. */
"use strict";
(() => {
  /** The origin of what was typed, with https where nothing is said; null = none. */
  function originOf(text) {
    const typed = typeof text === "string" ? text.trim() : "";
    try {
      const url = new URL(typed.includes("://") ? typed : `https://${typed}`);
      return /^https?:$/u.test(url.protocol) && !url.username ? url.origin : null;
    } catch {
      return null;
    }
  }

  /** The pattern of its host, whatever the port: Firefox refuses a pattern with one. */
  function patternOf(origin) {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  }

  globalThis.twsPlaces = { originOf, patternOf };
})();
