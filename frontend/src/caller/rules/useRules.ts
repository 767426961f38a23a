import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Fields, orderRules, type Rule, updateRule } from "../../shared/api/rules.ts";
import type { RulesValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";
import { moved } from "../forwarding/sentence.ts";

/** One's rules as they are now, and what they do; null until it is known. */
export function useRules(): RulesValue | null {
  return useValue<RulesValue>("rules") ?? null;
}

/** Their order: as somebody has just put it, until the server says it too. */
export function useRuleOrder(rules: readonly Rule[]) {
  const [wanted, setWanted] = useState<string[] | null>(null);
  const order = useMutation({
    scope: { id: "order of rules" },
    mutationFn: orderRules,
    // Of several moves in a row the last one counts: an earlier answer does not undo it.
    onSettled: (_answer, _problem, sent) => setWanted((now) => (now === sent ? null : now)),
  });
  const place = new Map((wanted ?? []).map((id, at) => [id, at]));
  const at = (rule: Rule) => place.get(rule.id) ?? place.size;
  const shown = wanted ? [...rules].sort((a, b) => at(a) - at(b)) : [...rules];
  const move = (id: string, to: number) => {
    const from = shown.findIndex((rule) => rule.id === id);
    if (to < 0 || to >= shown.length || to === from) return;
    const ids = moved(shown, from, to).map((rule) => rule.id);
    setWanted(ids);
    order.mutate(ids);
  };
  return { shown, move, error: order.error };
}

export function useRuleChange(rule: Rule) {
  return useMutation({ mutationFn: (fields: Partial<Fields>) => updateRule(rule, fields) });
}
