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

/** The roles that a key can have. */
export type KeyRole = Exclude<Role, "ANONYMOUS">;

export const KEY_ROLES = Object.keys(ROLES).filter((role): role is KeyRole => role !== "ANONYMOUS");

/** The roles of keys that belong to one record, and the type of that record. */
export const SCOPED_ROLES = { CITY: "City", NETWORK: "Network", ORGANIZATION: "Organization" } as const;

export type ScopedRole = keyof typeof SCOPED_ROLES;

/** The name of the record type that a key of this role belongs to one record of; null for a role without a scope. */
export function scopeTypeOf(role: Role): (typeof SCOPED_ROLES)[ScopedRole] | null {
  return role in SCOPED_ROLES ? SCOPED_ROLES[role as ScopedRole] : null;
}

export interface Viewer {
  role: Role;
  /** the UUID of the key; null without one */
  keyId: string | null;
  /** the UUID of the city, the network or the organization that the key belongs to; null for the other roles */
  scope: string | null;
  /** what the key is called; null without one */
  keyName: string | null;
  /** until when the key is good: an instant; null for one without an end */
  expiresAt: string | null;
}

export const ANONYMOUS: Viewer = { role: "ANONYMOUS", keyId: null, scope: null, keyName: null, expiresAt: null };
