import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** Something asked of the server that is given up by `cancel`, and by leaving; that is no error. */
export function useCancellable<A, R>(ask: (asked: A, signal: AbortSignal) => Promise<R>) {
  const stop = useRef(new AbortController());
  const asking = useMutation({
    mutationFn: (asked: A) => {
      stop.current.abort();
      stop.current = new AbortController();
      return ask(asked, stop.current.signal);
    },
  });
  useEffect(() => () => stop.current.abort(), []);
  const { mutate, reset, data, error, isPending, variables } = asking;
  const cancelled = error instanceof DOMException && error.name === "AbortError";
  return {
    mutate,
    reset,
    data,
    error: cancelled ? null : error,
    isPending,
    variables,
    cancel: () => stop.current.abort(),
  };
}
