import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { listCallMessages } from "../../shared/api/chats.ts";
import type { CallMessageValue } from "../../shared/api/types.generated.ts";
import type { Call } from "../../shared/api/types.ts";
import { useCurrent, useMoments } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useChats } from "./useChats.ts";

type CallChat = {
  /** Whether there is a conference in which one may write, or was. */
  there: boolean;
  messages: CallMessageValue[];
  add: (message: CallMessageValue) => void;
};

/** What is written in a conference call. */
export function useCallChat(call: Call): CallChat {
  const authorised = useAuthorised("AuthorizedMultiChat");
  const chats = useChats();
  const current = useCurrent();
  const queries = useQueryClient();
  const { connection, conference } = call;
  const may = authorised && chats !== undefined && current;
  const found = useQuery({
    queryKey: ["callChat", connection],
    queryFn: ({ signal }) => listCallMessages(connection, signal),
    enabled: may && conference,
  });
  const add = useCallback(
    (message: CallMessageValue) =>
      queries.setQueryData<CallMessageValue[]>(["callChat", connection], (all = []) =>
        all.some((one) => one.id === message.id) ? all : [...all, message],
      ),
    [queries, connection],
  );
  const hear = useCallback(
    (moment: Moment) => {
      if (moment.kind !== "callChat") return;
      const message = moment["message"] as CallMessageValue;
      if (message.connection === connection) add(message);
    },
    [connection, add],
  );
  useMoments(hear);
  const { refetch } = found;
  useEffect(() => {
    if (may && conference) void refetch();
  }, [may, conference, refetch]);
  const messages = found.data ?? [];
  return { there: may && (conference || messages.length > 0), messages, add };
}

/** How many of them came since the panel was last open. */
export function useUnseen(messages: readonly CallMessageValue[], open: boolean): number {
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    if (open) setSeen(messages.length);
  }, [open, messages.length]);
  return open ? 0 : Math.max(0, messages.length - seen);
}
