import type {
  BrokenExample,
  DialPlanValue,
  DialRuleValue,
  NumberExampleValue,
  TrialValue,
} from "../../shared/api/types.generated.ts";

export type Rule = DialRuleValue;
export type Example = NumberExampleValue;
export type Trial = TrialValue;
export type Broken = BrokenExample;
export type Plan = DialPlanValue;
export type Direction = Example["direction"];
export const DIRECTIONS: Direction[] = ["dialled", "lookedUp", "displayed"];

/** What is edited; the id and version stay with what was loaded. */
export type Draft = Omit<Plan, "domain" | "version">;

export function draftOf({ domain: _domain, version: _version, ...draft }: Plan): Draft {
  return draft;
}

/** As the API takes it: the default set is `null`, not its nine rules. */
export function toSend({ defaultOutgoing, ...draft }: Draft): object {
  return { ...draft, outgoingRules: defaultOutgoing ? null : draft.outgoingRules };
}

/** A rule behind the others. */
export function added(rules: readonly Rule[]): Rule[] {
  const last = Math.max(0, ...rules.map((rule) => rule.priority));
  return [
    ...rules,
    { priority: last + 10, name: "", pattern: "", value: "", longerOnly: false },
  ];
}

export function changedAt(rules: readonly Rule[], at: number, changes: Partial<Rule>): Rule[] {
  return rules.map((rule, index) => (index === at ? { ...rule, ...changes } : rule));
}

/** The example that a trial would make. */
export function exampleOf(trial: Trial): Example {
  return { direction: trial.direction, number: trial.number, expected: trial.result };
}

export function isKept(examples: readonly Example[], trial: Trial): boolean {
  return examples.some(
    (each) => each.direction === trial.direction && each.number === trial.number,
  );
}

/** The content of a file, in base64. */
export async function contentOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
