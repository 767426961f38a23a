import { Store, useStore } from "../shared/store.ts";

/** What this browser remembers of its user's choices. */
type Settings = {
  /** Row id of the device that dials; empty = the first that works. */
  device: string;
  notifications: "on" | "off" | "ask";
  /** Id of the user who is told of calls while the page is closed; empty = nobody. */
  push: string;
  /** The panel of all telephones. */
  operator: "on" | "off";
};

const DEFAULTS: Settings = { device: "", notifications: "ask", push: "", operator: "off" };
const KEY = "tws.caller";

function load(): Settings {
  try {
    return {
      ...DEFAULTS,
      ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>),
    };
  } catch {
    // Storage may be forbidden, or hold another program's text: the defaults serve.
    return DEFAULTS;
  }
}

const store = new Store<Settings>(load());

function save(settings: Settings): void {
  store.set(settings);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Remembered until the page is closed.
  }
}

export function useSetting<K extends keyof Settings>(
  name: K,
): [Settings[K], (value: Settings[K]) => void] {
  const settings = useStore(store);
  return [settings[name], (value) => save({ ...store.get(), [name]: value })];
}
