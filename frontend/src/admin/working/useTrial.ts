import { useEffect, useRef } from "react";
import { request } from "../../shared/api/client.ts";
import { useCancellable } from "./useCancellable.ts";

/**
 * Tries what a form has before it is stored. What was found of another draft says nothing of this one:
 * `found` and `error` are those of `body`. `result` is the element that is brought into view.
 */
export function useTrial<Body, Found>(path: string, body: Body) {
  const result = useRef<HTMLElement>(null);
  const test = useCancellable((asked: Body, signal) =>
    request<Found>("POST", path, { body: asked, signal }),
  );
  const { data, error, variables } = test;
  const current = JSON.stringify(variables) === JSON.stringify(body);
  useEffect(() => {
    if (data || error) result.current?.scrollIntoView({ block: "nearest" });
  }, [data, error]);
  return {
    result,
    found: current ? data : undefined,
    error: current ? error : null,
    isPending: test.isPending,
    cancel: test.cancel,
    run: () => test.mutate(body),
  };
}
