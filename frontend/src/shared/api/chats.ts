import { request, send } from "./client.ts";
import type {
  CallMessageValue,
  ChatHistoryValue,
  ChatMessageValue,
  ChatValue,
} from "./types.generated.ts";

export function listChats(signal: AbortSignal): Promise<ChatValue[]> {
  return request("GET", "/chats", { signal });
}

export function listMessages(
  user: string,
  before: string | null,
  signal: AbortSignal,
): Promise<ChatHistoryValue> {
  return request("GET", `${at(user)}/messages`, { query: { before }, signal });
}

/** Each message has a key of its own: one that is sent again with it comes once. */
export function sendMessage(user: string, text: string, key: string): Promise<ChatMessageValue> {
  return request("POST", `${at(user)}/messages`, { body: { text, key } });
}

export function sendFile(
  user: string,
  file: File,
  key: string,
  onProgress: (part: number) => void,
): Promise<ChatMessageValue> {
  return send("/chat-files", file, { user, name: file.name, key }, onProgress);
}

export function tellTyping(user: string): Promise<void> {
  return request("POST", `${at(user)}/typing`);
}

export function setRead(user: string, upto: string): Promise<void> {
  return request("PUT", `${at(user)}/read`, { body: { upto } });
}

export function listCallMessages(
  connection: string,
  signal: AbortSignal,
): Promise<CallMessageValue[]> {
  return request("GET", `/call-chats/${encodeURIComponent(connection)}/messages`, { signal });
}

export function sendCallMessage(
  connection: string,
  text: string,
  key: string,
): Promise<CallMessageValue> {
  const path = `/call-chats/${encodeURIComponent(connection)}/messages`;
  return request("POST", path, { body: { text, key } });
}

function at(user: string): string {
  return `/chats/${encodeURIComponent(user)}`;
}
