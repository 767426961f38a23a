import type { Words } from "../../shared/i18n/words.ts";
import type { scim as fr } from "./scim.fr.ts";

export const scim: Words<typeof fr> = {
  one: "SCIM connection",
  empty:
    "No connection here. By one, Entra ID, Okta or Keycloak makes, changes and disables users and groups by itself.",
  name: "Name",
  domain: "Domain",
  used: "Token used",
  users: "Users",
  groups: "Groups",
  never: "never",
  noToken: "no token",
  provider: "What the provider is told",
  address: "Address",
  token: "Token",
  plain:
    "A service on the Internet reaches https addresses only: put a proxy with a certificate before this server, and configure the public address.",
  once: "The token is shown this once: copy it to the provider now.",
  noTokenYet: "There is no token: the provider cannot do anything.",
  madeAt: "Token made {{moment}}.",
  usedAt: "Used {{moment}}.",
  neverUsed: "Never used.",
  make: "Make a token",
  makeNew: "Make a new token",
  revoke: "Revoke the token",
  ends: "The present token is worth nothing at once: the provider cannot do anything until it has another one. The users stay.",
  copyOf: "Copy: {{what}}",
  how: "Where to type it",
  whose: "Who is touched",
  takeOver: "Take over those who are there",
  takeOverHelp:
    "The provider sees users and groups of this domain whom no import and no other connection has brought, and takes them over when it changes them. Otherwise it sees its own only.",
  linkHelp: "Each is given an extension there of the number of work; who has none has no extension.",
  cultureHelp: "Of those who are created and of whom the provider says no language.",
  saveFirst: "Once it is saved, the token of the connection is made here.",
  removes:
    "Deletes the connection and its token. The users and groups stay; another connection or an import may take them over.",
};
