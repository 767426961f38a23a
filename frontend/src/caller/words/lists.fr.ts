/** Words of the lists of contacts. */
export const lists = {
  lists: {
    order: "Ordonner",
    orderHelp: "Alt + ↑ ou ↓ déplace la personne choisie",
    up: "Monter {{name}}",
    down: "Descendre {{name}}",
    moved: "{{name}} : place {{place}} sur {{count}}",
    title: "Mes listes",
    none: "Aucune liste. Créez-en une, puis ajoutez des personnes depuis leur fiche.",
    new: "Nouvelle liste",
    make: "Créer",
    name: "Nom de la liste {{name}}",
    public: "Visible des collègues",
    remove: "Supprimer la liste {{name}}",
    add: "Ajouter à une liste…",
    added: "Ajouté à « {{name}} ».",
    takeOut: "Retirer de « {{name}} »",
    empty: "Personne dans cette liste. Faites-y glisser quelqu’un, ou ajoutez-le depuis sa fiche.",
    drop: "Déposer {{name}} dans une liste",
    files: "Mes contacts privés",
    ofOther: "{{name}} ({{owner}})",
  },
};
