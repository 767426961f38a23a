/** Of the parts of an account: under the title of a dialog, or under a heading of a page. */
export type Level = "h3" | "h4";
