import type { Words } from "../../shared/i18n/words.ts";
import type { lists as fr } from "./lists.fr.ts";

export const lists: Words<typeof fr> = {
  lists: {
    order: "Order",
    orderHelp: "Alt + ↑ or ↓ moves the person that is chosen",
    up: "Move {{name}} up",
    down: "Move {{name}} down",
    moved: "{{name}}: place {{place}} of {{count}}",
    title: "My lists",
    none: "No list yet. Make one, then add people from their cards.",
    new: "New list",
    make: "Create",
    name: "Name of the list {{name}}",
    public: "Colleagues see it",
    remove: "Delete the list {{name}}",
    add: "Add to a list…",
    added: "Now in “{{name}}”.",
    takeOut: "Take out of “{{name}}”",
    empty: "Nobody in this list. Drag somebody here, or add them from their card.",
    drop: "Drop {{name}} into a list",
    files: "My private contacts",
    ofOther: "{{name}} ({{owner}})",
  },
};
