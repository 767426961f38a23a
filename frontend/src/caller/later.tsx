import { type ComponentProps, Suspense } from "react";
import { later } from "../shared/later.ts";
import { surely } from "../shared/surely.ts";

/*
 * What is not needed to take a call: fetched behind what is, while the page connects, so that it
 * is there when the first state of the telephone comes.
 */
const fetched = {
  preferences: () => import("./preferences/Preferences.tsx"),
  journal: () => import("./journal/Journal.tsx"),
  queues: () => import("./queues/Queues.tsx"),
};

export function fetchRest(): void {
  for (const fetching of Object.values(fetched)) void surely<unknown>(fetching);
}

const LaterPreferences = later(fetched.preferences, "Preferences");
/** With what is around it: it hears of everything from the first moment that there is something to use. */
export const Journal = later(fetched.journal, "Journal");
export const Queues = later(fetched.queues, "Queues");
const LaterOperator = later(() => import("./operator/Operator.tsx"), "Operator");

export const Preferences = (props: ComponentProps<typeof LaterPreferences>) => (
  <Suspense>
    <LaterPreferences {...props} />
  </Suspense>
);

export const Operator = () => (
  <Suspense>
    <LaterOperator />
  </Suspense>
);
