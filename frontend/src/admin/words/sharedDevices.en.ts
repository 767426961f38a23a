/** Call queues, intercom groups, and the device of either. */
export const queues = {
  one: "call queue",
  empty: "No call queue. Add one for each queue of the PBX whose calls people may see.",
  name: "Name",
  nameHelp: "As people know it, for example Reception; unique in the domain.",
  domain: "Domain",
  domainHelp: "The site of the queue: only its users and groups can be authorised on it.",
  numberHelp: "Of the queue in the PBX. It rings nobody’s telephone by itself: those authorised on it see who waits.",
  removes: "Deletes 1 call queue. Withdraw first what is granted on it or to it.",
};

export const intercomGroups = {
  one: "intercom group",
  empty: "No intercom group. Add one for people who shall see each other’s telephones.",
  name: "Name",
  nameHelp: "As people know it, for example Hotline; unique in the domain.",
  domain: "Domain",
  domainHelp: "Where it is kept; those authorised may be of other domains.",
  numberHelp: "The first number whose supervision keys are used. Empty: the users’ own telephones carry the keys.",
  count: "Numbers asked for",
  countHelp: "How many, one after the other: 6674 and 2 are 6674 and 6675.",
  supervised: "Other telephones",
  supervisedHelp: "On the same link and nobody’s: a door, a workshop. Those authorised on the group see them too.",
  removes: "Deletes 1 intercom group. Withdraw first what is granted on it or to it.",
};

export const sharedDevices = {
  device: "Device in the PBX",
  kind: "Kind",
  noNumber: "no number",
  number: "Number",
  link: "Link",
  linkHelp: "The PBX link on which the number is; of the same domain.",
  protocol: "Protocol",
  protocolHelp: "By which the link watches it.",
  mediaProtocol: "Media protocol",
  mediaProtocolHelp: "None for a telephone that stands somewhere; the other for a device that only the PBX knows.",
  physical: "physical device",
  virtual: "virtual device",
  lines: "Lines",
  linesHelp: "How many calls it has at once (Cco).",
  password: "Password",
  passwordHelp: "Of the number in the PBX; not needed with CSTA. It is stored sealed, and never shown.",
};
