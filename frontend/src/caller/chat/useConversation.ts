import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { listMessages } from "../../shared/api/chats.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ChatDeliveryMoment, ChatReadValue } from "../../shared/api/types.generated.ts";
import type { Problem } from "../../shared/api/types.ts";
import { useCurrent, useMoments } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { before, inOrder, type Message } from "./messages.ts";

/** Milliseconds after which somebody who typed is no longer said to. */
const TYPES_FOR = 5000;

/** How far messages came, as it was told since: by their ids. */
type Deliveries = Record<string, ChatDeliveryMoment["delivery"]>;

type Conversation = {
  messages: Message[];
  loaded: boolean;
  problem: Problem | null;
  kept: boolean;
  /** What the other has read. */
  read: ChatReadValue | null;
  typing: boolean;
  /** Asks for older messages; null = there are none. */
  earlier: (() => void) | null;
  add: (message: Message) => void;
};

/** What was written, and what is written now. */
export function useConversation(user: string): Conversation {
  const current = useCurrent();
  const history = useInfiniteQuery({
    queryKey: ["chat", user],
    queryFn: ({ pageParam, signal }) => listMessages(user, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (_, pages) => before(pages),
    gcTime: 0,
  });
  const [came, setCame] = useState<Message[]>([]);
  const [read, setRead] = useState<ChatReadValue | null>(null);
  const [typed, setTyped] = useState(0);
  const [deliveries, setDeliveries] = useState<Deliveries>({});
  const add = useCallback((message: Message) => setCame((all) => [...all, message]), []);

  const hear = useCallback(
    (moment: Moment) => {
      if (moment.kind === "chat") {
        const message = moment["message"] as Message;
        if (message.sender !== user && message.recipient !== user) return;
        add(message);
        if (message.sender === user) setTyped(0);
      } else if (moment["user"] === user) {
        if (moment.kind === "typing") setTyped(Date.now());
        if (moment.kind === "chatRead") setRead(moment["read"] as ChatReadValue);
        if (moment.kind === "chatDelivery") {
          const { message, delivery } = moment as unknown as ChatDeliveryMoment;
          setDeliveries((all) => ({ ...all, [message]: delivery }));
        }
      }
    },
    [user, add],
  );
  useMoments(hear);

  useEffect(() => {
    if (typed === 0) return;
    const timer = setTimeout(() => setTyped(0), TYPES_FOR);
    return () => clearTimeout(timer);
  }, [typed]);

  // What was said while the page could not hear is asked for.
  const { refetch } = history;
  useEffect(() => {
    if (current) void refetch();
  }, [current, refetch]);

  const pages = history.data?.pages ?? [];
  const known = pages[0]?.read ?? null;
  return {
    messages: inOrder(...pages.map((page) => page.messages), came).map((one) => {
      const delivery = deliveries[one.id];
      return delivery === undefined ? one : { ...one, delivery };
    }),
    loaded: history.isSuccess,
    problem: history.error ? problemOf(history.error) : null,
    kept: pages[0]?.kept ?? true,
    read: read && (!known || read.upto > known.upto) ? read : known,
    typing: typed > 0,
    earlier:
      history.hasNextPage && !history.isFetchingNextPage
        ? () => void history.fetchNextPage()
        : null,
    add,
  };
}
