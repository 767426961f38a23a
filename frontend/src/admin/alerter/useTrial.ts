import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Trial, tryTemplate } from "./templates.ts";

/** Milliseconds without a key before it is tried. */
const PAUSE = 250;

/** The call that never was, and what `text` shows of it; `null` = not yet. */
export function useTrial(company: string, mode: Trial["mode"], text: string) {
  const [sample, setSample] = useState<Omit<Trial, "text" | "mode">>({
    values: {},
    directories: [],
    width: 400,
    height: 300,
  });
  const trial: Trial = { ...sample, mode, text };
  const [settled] = useDebouncedValue(JSON.stringify(trial), PAUSE);
  const tried = useQuery({
    queryKey: ["alerter", "trial", company, settled],
    queryFn: () => tryTemplate(company, JSON.parse(settled) as Trial),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const change = (changes: Partial<Trial>) => setSample((before) => ({ ...before, ...changes }));
  return { trial, tried, change };
}
