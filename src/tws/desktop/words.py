"""What the helper says to whoever sits at its computer, in English and French."""

import os
from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    "calling": ("Calling {number}", "Appel de {number}"),
    "noNumber": (
        "No number is selected.",
        "Aucun numéro n’est sélectionné.",
    ),
    "notCalled": ("{number} was not called", "{number} n’a pas été appelé"),
    "taken": (
        "{keys} is held by another program: choose another key in your preferences.",
        "{keys} est pris par un autre programme : choisissez-en une autre dans vos préférences.",
    ),
    "unreachable": ("TWS cannot be reached.", "TWS est injoignable."),
    "rings": ("A call rings", "Un appel sonne"),
    "unknown": ("Unknown caller", "Correspondant inconnu"),
    "parameterForbids": (
        "The administrator does not allow this key.",
        "L’administrateur n’autorise pas cette touche.",
    ),
    "switchedOff": (
        "You have switched this key off.",
        "Vous avez désactivé cette touche.",
    ),
    "allow": (
        "The administrator of TWS lists this program for your Alerter:\n{program}\n"
        "May buttons start it on this computer?",
        "L’administrateur de TWS autorise ce programme pour votre Alerter :\n{program}\n"
        "Des boutons peuvent-ils le lancer sur ce poste ?",
    ),
}


class Words:
    def __init__(self, culture: str = "Auto") -> None:
        """`culture`: fr, en, or Auto: the computer's."""
        language = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
        self._french = culture == "fr" or (culture == "Auto" and language.startswith("fr"))

    def __call__(self, name: str, **given: str) -> str:
        return _WORDS[name][self._french].format(**given)

    def refusal(self, why: str, otherwise: str) -> str:
        """Why the server said no; `otherwise`: as it said it."""
        return self(why) if why in _WORDS else otherwise
