import { request } from "./client.ts";
import type {
  CreateNoteBody,
  JournalNoteValue,
  NewsValue,
  NotePageValue,
} from "./types.generated.ts";

export type Note = JournalNoteValue;
export type NotePage = NotePageValue;
export type News = NewsValue;
/** What a note is about; nothing of it: nothing. */
export type About = Pick<CreateNoteBody, "call" | "contact" | "number">;
export type Asked = {
  contact?: string | null | undefined;
  number?: string | null | undefined;
  text?: string;
  since?: string | null;
  before?: string | null;
  limit?: number;
};

const address = (id: string) => `/notes/${encodeURIComponent(id)}`;

export function listNotes(asked: Asked, signal: AbortSignal): Promise<NotePage> {
  return request("GET", "/notes", { query: asked, signal });
}

export function createNote(text: string, isPublic: boolean, about: About): Promise<Note> {
  return request("POST", "/notes", { body: { text, public: isPublic, ...about } });
}

export function updateNote(was: Note, text: string, isPublic: boolean): Promise<Note> {
  return request("PATCH", address(was.id), {
    body: { version: was.version, text, public: isPublic },
  });
}

export function deleteNote(was: Note): Promise<void> {
  return request("DELETE", address(was.id), { query: { version: was.version } });
}

export function journalNews(signal: AbortSignal): Promise<News> {
  return request("GET", "/journal/news", { signal });
}

/** What came up to then is not new any more, in all windows. */
export function seeJournal(until: string): Promise<void> {
  return request("POST", "/journal/seen", { body: { until } });
}
