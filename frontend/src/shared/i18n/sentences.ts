import i18next from "i18next";
import { surely } from "../surely.ts";

/** What the server says in English, and the template by which it is said in other languages. */
export type Said = {
  words: string;
  template: string;
  parameters: Record<string, unknown>;
};

const SPACE = "sentences";
let asked = false;

/**
 * In the language of the page, in the server's English where that has no words for it. The French
 * are fetched when they are first needed: what is shown is then shown again.
 */
export function say({ words, template, parameters }: Said): string {
  const known = i18next.language === "fr" ? french() : undefined;
  return known?.[template] === undefined ? words : filled(known, template, parameters);
}

/** A parameter of a sentence, or of why a value is refused: it may be a sentence itself. */
export function sayParameter(parameter: unknown): string {
  if (!isSentence(parameter)) return String(parameter);
  const known = i18next.language === "fr" ? french() : undefined;
  return filled(known ?? {}, parameter.template, parameter.parameters);
}

type Sentence = { template: string; parameters?: Record<string, unknown> };
type Words = Readonly<Record<string, string>>;

function isSentence(parameter: unknown): parameter is Sentence {
  return typeof parameter === "object" && parameter !== null && "template" in parameter;
}

function filled(known: Words, template: string, parameters: Record<string, unknown> = {}): string {
  return (known[template] ?? template).replace(/\{(\w+)\}/g, (place, name: string) =>
    name in parameters ? sayParameter(parameters[name]) : place,
  );
}

function french(): Words | undefined {
  if (!asked) {
    asked = true;
    void surely(() => import("./sentences.fr.ts")).then(
      ({ sentences }) => i18next.addResourceBundle("fr", SPACE, sentences),
    );
  }
  return i18next.getResourceBundle("fr", SPACE) as Words | undefined;
}
