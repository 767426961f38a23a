import { words } from "./words.ts";

/** What the server pushes of a call: `tws.push.notices` writes it. */
export type Pushed = {
  /** The leg: one notification for each, which the next message replaces. */
  leg: string;
  device: string;
  state: "ringing" | "answered" | "missed" | "over";
  /** Null = not known, or withheld. */
  name: string | null;
  /** As people of the country read it; null = withheld, or on the red list. */
  number: string | null;
  company: string | null;
  /** The queue that it came by, or who sent it here. */
  by: string | null;
  culture: string;
  /** What may be asked of the telephone now. */
  operations: string[];
};

/** Buttons are the Notifications API's, which TypeScript leaves out: not every browser has them. */
type Options = NotificationOptions & {
  actions: { action: string; title: string }[];
  renotify: boolean;
};

/** The actions that a notification offers, and what each asks for. */
export const ASKED: Record<string, string> = { answer: "answerCall", decline: "clearConnection" };

export function shown(pushed: Pushed, language: string): { title: string; options: Options } {
  const say = words(pushed.culture, language);
  const ringing = pushed.state === "ringing";
  const lines = [
    ringing ? null : say[pushed.state],
    pushed.name === null ? null : pushed.number,
    pushed.company,
    pushed.by,
  ];
  return {
    title: pushed.name ?? pushed.number ?? say.withheld,
    options: {
      body: lines.filter(Boolean).join("\n") || say.ringing,
      tag: pushed.leg,
      lang: say.lang,
      icon: "/icons/192.png",
      data: pushed,
      requireInteraction: ringing,
      // Heard once: that it is over replaces it without a sound.
      silent: !ringing,
      renotify: false,
      actions: Object.entries(ASKED)
        .filter(([, operation]) => ringing && pushed.operations.includes(operation))
        .map(([action]) => ({ action, title: say[action as "answer" | "decline"] })),
    },
  };
}
