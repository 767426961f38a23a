/** Numbers and dial plans, in French. */
export const numbering: Readonly<Record<string, string>> = {
  "Type a number.": "Saisissez un numéro.",
  "This is too long for a phone number: {count} characters.":
    "C’est trop long pour un numéro de téléphone : {count} caractères.",
  "These are several numbers, choose one: {several}":
    "Ce sont plusieurs numéros, choisissez-en un : {several}",
  "A phone number has no letters: {letters}":
    "Un numéro de téléphone n’a pas de lettres : {letters}",
  "A phone number has no such sign: {signs}":
    "Un numéro de téléphone n’a pas ce signe : {signs}",
  "The rule {rule} of the dial plan leaves nothing of this number.":
    "La règle {rule} du plan de numérotation ne laisse rien de ce numéro.",
  "There is no digit in this number.": "Il n’y a aucun chiffre dans ce numéro.",
  "bad repetition operator: {part}": "répétition de répétition : {part}",
  "invalid UTF-8: {part}": "UTF-8 incorrect : {part}",
  "invalid UTF-8": "UTF-8 incorrect",
  "invalid character class range: {part}": "intervalle de caractères incorrect : {part}",
  "invalid character class: {part}": "classe de caractères incorrecte : {part}",
  "invalid escape sequence: {part}": "séquence d’échappement incorrecte : {part}",
  "invalid named capture group: {part}": "groupe nommé incorrect : {part}",
  "invalid perl operator: {part}": "opérateur de Perl incorrect : {part}",
  "invalid repetition size: {part}": "nombre de répétitions incorrect : {part}",
  "missing ): {part}": "il manque ) : {part}",
  "missing ]: {part}": "il manque ] : {part}",
  "no argument for repetition operator: {part}": "rien n’est à répéter : {part}",
  "pattern too large - compile failed": "expression trop grande",
  "trailing \\": "\\ à la fin",
  "unexpected ): {part}": ") de trop : {part}",
};
