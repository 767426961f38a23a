import type { ChatsValue, ChatUnreadValue } from "../../shared/api/types.generated.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";

/** What waits to be read; undefined = there is no chat for this user, or nobody knows now. */
export function useChats(): ChatUnreadValue[] | undefined {
  const current = useCurrent();
  const chats = useValue<ChatsValue>("chats");
  return current ? chats?.unread : undefined;
}

/** How many messages of that colleague. */
export function useUnread(user: string | null): number {
  return useChats()?.find((one) => one.user === user)?.messages ?? 0;
}
