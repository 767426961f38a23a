import i18next from "i18next";

/** A contact's number as people read it, with the extension to be dialled once connected. */
export function numberWords({ display, extension }: { display: string; extension: string }): string {
  return extension === "" ? display : i18next.t("withExtension", { number: display, extension });
}
