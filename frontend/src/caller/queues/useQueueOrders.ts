import { useState } from "react";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Problem } from "../../shared/api/types.ts";

/** What is asked of a queue: one thing at a time, and what was refused. */
export function useQueueOrders(queue: string) {
  const [doing, setDoing] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const give = async (operation: string, body: object): Promise<boolean> => {
    if (doing) return false;
    setDoing(operation);
    setProblem(null);
    try {
      await request("POST", `/queues/${queue}/${operation}`, { body });
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setDoing(null);
    }
  };
  return { doing, problem, give, forgive: () => setProblem(null) };
}
