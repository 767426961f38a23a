/** Words of the helper of the desk, for `useLateWords`. */
export const HELPER = {
  name: "helper",
  loads: {
    fr: async () => (await import("./helper.fr.ts")).helper,
    en: async () => (await import("./helper.en.ts")).helper,
  },
};
