import { parameters } from "./parameters.fr.ts";
import { access } from "./sentences/access.fr.ts";
import { alerter } from "./sentences/alerter.fr.ts";
import { cellar } from "./sentences/cellar.fr.ts";
import { connectors } from "./sentences/connectors.fr.ts";
import { directory } from "./sentences/directory.fr.ts";
import { imports } from "./sentences/imports.fr.ts";
import { incidents } from "./sentences/incidents.fr.ts";
import { journal } from "./sentences/journal.fr.ts";
import { links } from "./sentences/links.fr.ts";
import { mail } from "./sentences/mail.fr.ts";
import { maintenance } from "./sentences/maintenance.fr.ts";
import { messaging } from "./sentences/messaging.fr.ts";
import { numbering } from "./sentences/numbering.fr.ts";
import { organisation } from "./sentences/organisation.fr.ts";
import { presence } from "./sentences/presence.fr.ts";
import { push } from "./sentences/push.fr.ts";
import { queues } from "./sentences/queues.fr.ts";
import { templates } from "./sentences/templates.fr.ts";

/**
 * What the server says of sources, values and rules, in French: by the English template
 * (`tws.sentences`), a file for each of its rooms. `{name}` stands for a parameter, in both.
 */
export const sentences: Readonly<Record<string, string>> = {
  ...parameters,
  ...access,
  ...alerter,
  ...cellar,
  ...connectors,
  ...directory,
  ...imports,
  ...incidents,
  ...journal,
  ...links,
  ...mail,
  ...maintenance,
  ...messaging,
  ...numbering,
  ...organisation,
  ...presence,
  ...push,
  ...queues,
  ...templates,
};
