import { request } from "./client.ts";
import type {
  CallOrigin,
  ForwardingRuleValue,
  ForwardingType,
  Presence,
  RulesValue,
} from "./types.generated.ts";

export type Rule = ForwardingRuleValue;
export type Fields = {
  active: boolean;
  origin: CallOrigin;
  presences: Presence[];
  type: ForwardingType;
  destination: string;
};

const ADDRESS = "/forwarding-rules";
const address = (id: string) => `${ADDRESS}/${encodeURIComponent(id)}`;

export function createRule(fields: Partial<Fields> & { destination: string }): Promise<Rule> {
  return request("POST", ADDRESS, { body: fields });
}

export function updateRule(was: Rule, fields: Partial<Fields>): Promise<Rule> {
  return request("PATCH", address(was.id), { body: { version: was.version, ...fields } });
}

export function deleteRule(was: Rule): Promise<void> {
  return request("DELETE", address(was.id), { query: { version: was.version } });
}

/** Those not named follow. */
export function orderRules(rules: string[]): Promise<RulesValue> {
  return request("PUT", `${ADDRESS}/order`, { body: { rules } });
}
