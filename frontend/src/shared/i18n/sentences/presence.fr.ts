/** Calendars, in French. */
export const presence: Readonly<Record<string, string>> = {
  "It was not read within {seconds} s.": "La lecture n’était pas finie après {seconds} s.",
};
