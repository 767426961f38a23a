import { request } from "../../shared/api/client.ts";
import type {
  TemplateFileValue,
  TemplateTextValue,
  TokenValue,
  TriedTemplateValue,
} from "../../shared/api/types.generated.ts";

const PLACE = "/admin/alerter";

export function listTemplates(company: string): Promise<TemplateFileValue[]> {
  return request("GET", `${PLACE}/templates`, { query: { company } });
}

export function readTemplate(company: string, name: string): Promise<TemplateTextValue> {
  return request("GET", `${PLACE}/template`, { query: { company, name } });
}

export function writeTemplate(
  company: string,
  name: string,
  text: string,
): Promise<TemplateFileValue> {
  return request("PUT", `${PLACE}/template`, { query: { company, name }, body: { text } });
}

export function listTokens(company: string): Promise<TokenValue[]> {
  return request("GET", `${PLACE}/tokens`, { query: { company } });
}

/** What is tried, and the call that never was. */
export type Trial = {
  mode: "XML" | "URL";
  text: string;
  values: Record<string, string>;
  directories: string[];
  width: number;
  height: number;
};

export function tryTemplate(company: string, trial: Trial): Promise<TriedTemplateValue> {
  return request("POST", `${PLACE}/trial`, { body: { company, ...trial } });
}

/** Where one begins. */
export const FIRST = `<alerter vip="true">
  <image x="12" y="12">[-Picture-]</image>
  <text x="120" y="12">[-DisplayName-]</text>
  <text x="120" y="36">[-CompanyName-]</text>
  <text x="120" y="60" directory="none">[-PhoneNumber-]</text>
  <button x="12" y="130" url="mailto:[-Email1-]">[-Email1-]</button>
</alerter>
`;

export const SNIPPETS = {
  text: '  <text x="12" y="12">[-DisplayName-]</text>\n',
  image: '  <image x="12" y="12">[-Picture-]</image>\n',
  button: '  <button x="12" y="12" url="https://www.company.example/?q=[-PhoneNumber-]">…</button>\n',
} as const;

/** The names of the tokens in a text, each once, in their order. */
export function tokensIn(text: string): string[] {
  const found = [...text.matchAll(/\[-(\[?[^[\]]{1,98}\]?)-\]/g)].map(([, name = ""]) => name.trim());
  return [...new Map(found.map((name) => [name.toLowerCase(), name])).values()];
}

/** With `more` at the caret: whole lines stand between lines, the rest where it is. */
export function inserted(text: string, at: number, more: string): { text: string; caret: number } {
  const place = more.endsWith("\n") ? lineStart(text, at) : at;
  return { text: text.slice(0, place) + more + text.slice(place), caret: place + more.length };
}

/** The beginning of the caret's line; never before the first or after the last element. */
function lineStart(text: string, at: number): number {
  const opened = text.indexOf(">", Math.max(text.indexOf("<alerter"), 0)) + 1;
  const closed = text.lastIndexOf("</alerter>");
  const line = text.lastIndexOf("\n", at - 1) + 1;
  if (opened === 0 || closed < 0) return line;
  const first = text[opened] === "\n" ? opened + 1 : opened;
  return Math.min(Math.max(line, first), closed);
}
