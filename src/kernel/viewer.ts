// Who asks, as plain data.

export const ROLES = {
  ANONYMOUS: "No key: everything that is public.",
  READER: "A key for reading, with a budget of its own.",
  CITY: "A city's own key: writes for that city.",
  NETWORK: "A partner network's own key: writes for that network.",
  ORGANIZATION: "A partner organization's own key: writes for that organization.",
  SECRETARIAT: "The Secretariat of the network: writes everything.",
} as const;

export type Role = keyof typeof ROLES;

export interface Viewer {
  role: Role;
}

export const ANONYMOUS: Viewer = { role: "ANONYMOUS" };
