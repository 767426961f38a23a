import type { TFunction } from "i18next";
import type { QueueState } from "../../shared/api/types.ts";

/** Queues where somebody waits come first, the longest waiting before the others; then by name. */
export function inOrder(queues: readonly QueueState[]): QueueState[] {
  const first = (queue: QueueState) => queue.waiting[0]?.since ?? "￿";
  return [...queues].sort(
    (a, b) => first(a).localeCompare(first(b)) || a.name.localeCompare(b.name),
  );
}

/** Who answers whom, in one line each. */
export function answeringWords(t: TFunction, queue: QueueState): string[] {
  return queue.answering.map((one) =>
    t("caller.queues.answers", {
      by: one.by || t("unknown"),
      name: one.party.name || one.party.display || one.party.number || t("withheld"),
    }),
  );
}
