import type { Words } from "../../shared/i18n/words.ts";
import type { choices as french } from "./choices.fr.ts";

/** Choices of settings; in brackets what the standard calls them. */
export const choices: Words<typeof french> = {
  separator: {
    auto: "Automatic",
    semicolon: "Semicolon ;",
    comma: "Comma ,",
    tab: "Tab",
    bar: "Bar |",
  },
  encoding: {
    auto: "Automatic",
    "utf-8": "UTF-8",
    "windows-1252": "Windows-1252",
    "utf-16": "UTF-16",
  },
  authentication: {
    none: "None",
    basic: "Name and password (Basic)",
    digest: "Name and password (Digest)",
    bearer: "Token (Bearer)",
    header: "Key in a header",
    query: "Key in the address",
  },
  paging: {
    none: "None: all in one answer",
    link: "Address of the next page",
    page: "Number of the page",
    offset: "Place of the first contact",
  },
  content: {
    json: "JSON",
    form: "Form (key=value)",
    xml: "XML",
    text: "Plain text",
  },
  alphabet: { gsm: "GSM, else UCS-2", ucs2: "Always UCS-2" },
  long_messages: { header: "Parted by TWS", payload: "Parted by the centre" },
  tls: {
    none: "None",
    starttls: "StartTLS",
    ldaps: "LDAPS",
    preferred: "If the server offers it",
    required: "Required",
    verified: "Required, certificate verified",
  },
  access: { "full access": "Full access", impersonation: "Impersonation" },
  cloud: {
    worldwide: "Worldwide",
    "us government": "US government",
    "us defence": "US defence",
    china: "China",
  },
  source: {
    users: "Users",
    "organisation contacts": "Contacts of the organisation",
    mailbox: "Mailbox",
  },
};
