/** The roles of a group by rank, the lowest first. A guest gets codes lent for a while and never the group's key. */
export const ROLES = ["guest", "viewer", "editor", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Who may do what, once, as data: the log's rules, the server, the interface and the documents read this table. */
export const PERMISSIONS = {
  /** To be told of the group's log and who is in it: leases, too, are checked against it. */
  "read-log": ["guest", "viewer", "editor", "admin", "owner"],
  /** To hold the group's key, and with it every secret in the group. */
  "use-codes": ["viewer", "editor", "admin", "owner"],
  "change-records": ["editor", "admin", "owner"],
  /** To delete a record before its thirty days in the trash are over: devices keep to it, the log can't tell. */
  "delete-for-ever": ["admin", "owner"],
  /** To put a new key in the place of the group's key. */
  rotate: ["editor", "admin", "owner"],
  invite: ["admin", "owner"],
  "change-role": ["admin", "owner"],
  "remove-member": ["admin", "owner"],
  leave: ["guest", "viewer", "editor", "admin", "owner"],
  "replace-own-keys": ["guest", "viewer", "editor", "admin", "owner"],
  "close-group": ["owner"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a role has a permission. */
export function can(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}

/**
 * Whether somebody may act on members of that role, and give it: owners on all, anybody else on lower ranks only. That
 * the actor may do the act at all is asked of `can`.
 */
export function isWithinReach(actor: Role, of: Role): boolean {
  return actor === "owner" || ROLES.indexOf(of) < ROLES.indexOf(actor);
}
