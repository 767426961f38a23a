/** Rows of the organisation as the API gives them. */

type Row = { id: string; version: number };

export type Company = Row & { name: string };

export type Domain = Row & {
  company: string;
  name: string;
  timeZone: string;
  internalLength: number;
  countryPrefix: string;
  externalPrefix: string;
  internationalPrefix: string;
  nationalPrefix: string;
  inverseLength: number;
  incomingRemove: string;
  incomingAdd: string;
};

export type User = Row & {
  company: string;
  domain: string;
  username: string;
  displayName: string;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  culture: string;
  enabled: boolean;
};

export type UserDevice = Row & {
  company: string;
  domain: string;
  user: string;
  link: string;
  number: string;
  protocol: string;
  label: string;
};

export type Group = Row & { company: string; domain: string; name: string; members: string[] };

export type Authorisation = Row & {
  company: string;
  application: string;
  user: string | null;
  group: string | null;
};

export type Administrator = Row & { username: string; superUser: boolean; companies: string[] };

export type SettingValue = string | number | boolean | null;

export type Link = Row & {
  company: string;
  domain: string;
  name: string;
  dialect: string;
  capacity: number;
  enabled: boolean;
  settings: Record<string, SettingValue>;
  isSet: Record<string, boolean>;
};

export type Setting = {
  name: string;
  type: "text" | "number" | "switch" | "choice" | "url" | "lines";
  default: SettingValue;
  help: string;
  secret: boolean;
  choices: string[] | null;
  required: boolean;
  expert?: boolean;
  minimum?: number | null;
  maximum?: number | null;
};

export type Dialect = {
  name: string;
  title: string;
  fields: Setting[];
  unavailable?: string | null;
};

export type Snippet = { file: string; text: string };
