type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

/** How the server writes a combination of keys, as Ctrl+Alt+D; null while none is whole. */
export function combination(event: Pressed): string | null {
  const key = keyOf(event);
  if (key === null) return null;
  const held = [
    event.ctrlKey && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
    event.metaKey && "Super",
  ].filter((name) => name !== false);
  return held.length > 0 ? [...held, key].join("+") : null;
}

/** Letters by what they write, digits by their place: held with others they write something else. */
function keyOf({ key, code }: Pressed): string | null {
  if (/^F([1-9]|1[0-2])$/.test(key)) return key;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  return /^(Digit|Key)([0-9A-Z])$/.exec(code)?.[2] ?? null;
}
