/** Words of the keypad. */
export const keypad = {
  keypad: {
    title: "Composer",
    number: "Numéro à composer",
    erase: "Effacer le dernier chiffre",
  },
};
