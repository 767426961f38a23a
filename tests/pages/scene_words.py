"""What the scenes of the Caller look for, in each language."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "transfer": "Transférer",
        "ask": "Demander d’abord",
        "digits": "Touches",
        "create": "Créer le contact",
        "people": "Annuaire",
        "journal": "Journal",
        "keypad": "Clavier",
        "connected": "En communication",
        "swap": "Permuter",
        "add": "Ajouter",
        "preferences": "Préférences",
        "alert": "Alerte",
    },
    "en": {
        "transfer": "Transfer",
        "ask": "Ask first",
        "digits": "Digits",
        "create": "Create contact",
        "people": "Directory",
        "journal": "Journal",
        "keypad": "Keypad",
        "connected": "Connected",
        "swap": "Swap",
        "add": "Add",
        "preferences": "Preferences",
        "alert": "Alert",
    },
}
"Of buttons and states, by language."
