import type { Words } from "../../shared/i18n/words.ts";
import type { profiles as fr } from "./profiles.fr.ts";

export const profiles: Words<typeof fr> = {
  profiles: {
    title: "Profiles",
    one: "Profile",
    help: "A profile says from which telephone you call, and which forwarding rules are on with it.",
    noneChosen: "None",
    chosen: "chosen",
    gone: "this telephone is yours no more",
    add: "New profile",
    change: "Change",
    edit: "Change the profile {{name}}",
    name: "Name",
    device: "Current device",
    elsewhere: "Another number…",
    number: "Number",
    numberHelp: "All your calls are forwarded there while the profile is chosen.",
    rules: "Forwarding rules that are on with this profile",
    noRules:
      "With a profile forwarding rules can come into force: you have none yet. Add some below your name.",
    save: "Save",
    remove: "Delete",
  },
};
