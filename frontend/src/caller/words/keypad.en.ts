import type { Words } from "../../shared/i18n/words.ts";
import type { keypad as fr } from "./keypad.fr.ts";

export const keypad: Words<typeof fr> = {
  keypad: {
    title: "Dial",
    number: "Number to dial",
    erase: "Erase the last digit",
  },
};
