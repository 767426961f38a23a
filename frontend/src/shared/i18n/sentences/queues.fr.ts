/** The calls that nobody answered in a queue, in French. */
export const queues: Readonly<Record<string, string>> = {
  "Came in": "Arrivée",
  "Hung up": "Raccroché",
  "Waited (s)": "Attente (s)",
  "Caller’s number": "Numéro",
  "Caller’s name": "Nom",
  "Called back": "Rappelé",
  "Called back by": "Rappelé par",
  "The PBX told no number of this caller.": "Le PBX n’a donné aucun numéro pour cet appelant.",
};
