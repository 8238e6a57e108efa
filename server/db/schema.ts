import type { Generated } from "kysely";
import type { Role } from "../../shared/group/permissions.ts";
import type { MfaSchema } from "./mfa-schema.ts";

/**
 * The tables, as both databases have them. Times are milliseconds since 1970 UTC; hashes and keys are base64url; yes and
 * no are 1 and 0. Nothing in them can be read by the server but who is in which group with which role, how many records
 * there are, how long (in steps of 256 bytes), and when they changed.
 */
export type Schema = MfaSchema & {
  readonly group_state: GroupStateRow;
  readonly group_link: GroupLinkRow;
  readonly group_member: GroupMemberRow;
  readonly record_head: RecordHeadRow;
  readonly blob: BlobRow;
  readonly rotation_list: RotationListRow;
  readonly seal: SealRow;
  readonly user: UserRow;
  readonly session: SessionRow;
  readonly sign_in_round: SignInRoundRow;
  readonly recovery_round: RecoveryRoundRow;
  readonly registration_token: RegistrationTokenRow;
  readonly rate_limit: RateLimitRow;
  readonly invitation: InvitationRow;
  readonly record_counter: RecordCounterRow;
  readonly unnamed_blob: UnnamedBlobRow;
  readonly restored: RestoredRow;
  readonly staged: StagedRow;
  readonly group_size: GroupSizeRow;
  readonly log_size: GroupSizeRow;
  readonly moved_counter: MovedCounterRow;
  readonly group_hold: GroupHoldRow;
};

/** A user: how they sign in, the keys others know them by, and their own keys in a bundle that only they can open. */
export type UserRow = {
  readonly user_id: string;
  readonly email: string;
  /** What OPAQUE binds the password to, so that the e-mail address can change. */
  readonly login_id: string;
  readonly record: string;
  readonly sig: string;
  readonly enc: string;
  /** The public key that whoever has the recovery kit signs with. */
  readonly recovery: string;
  readonly bundle: Uint8Array;
  readonly wrapped_by_password: Uint8Array;
  readonly wrapped_by_kit: Uint8Array;
  readonly bundle_ver: number;
  readonly suspended: number;
  readonly made_at: number;
  /** The user who began anew under the same address, with nothing left of this one's keys: nobody signs in here again. */
  readonly replaced_by: string | null;
  /** How many second factors are set up, of whatever kind. */
  readonly factors: Generated<number>;
  /** Whether they may take somebody's second factors away who has lost them. */
  readonly administrator: Generated<number>;
  /** Until when they may do without a second factor where the policy wants one; null: they have not been told yet. */
  readonly factor_due_at: number | null;
};

/** A device that is signed in. Who steals the database has no token: only their hashes are here. */
export type SessionRow = {
  readonly token_hash: string;
  readonly user_id: string;
  readonly made_at: number;
  readonly used_at: number;
  /** When the password was last given: some acts want it to be a short while ago. */
  readonly signed_in_at: number;
  /** When a second factor was last shown in it, or on a device that is remembered; null: none was. */
  readonly factor_at: number | null;
  /** When a strong one was last shown in this very session; null: none was. */
  readonly strong_at: number | null;
  /** What its person calls the device, sealed by it: nothing here can be read. */
  readonly label: Uint8Array | null;
};

/** Between the two messages of signing in. `user_id` is null where nobody has that address. */
export type SignInRoundRow = {
  readonly id: string;
  readonly user_id: string | null;
  /** The record that it was begun with: it ends with no other. */
  readonly record: string | null;
  readonly state: string;
  readonly made_at: number;
};

/** Of a recovery with the kit: a challenge, and once the kit has answered it, the right to set new keys. */
export type RecoveryRoundRow = {
  readonly token_hash: string;
  /** Null where nobody has that address. */
  readonly user_id: string | null;
  readonly challenge: string;
  /** The version of the bundle that was handed out, which the new keys replace; null until the challenge is answered. */
  readonly opened_ver: number | null;
  readonly made_at: number;
};

/** Lets its holder register one user. The ids are given out when they begin. */
export type RegistrationTokenRow = {
  readonly token_hash: string;
  readonly until: number;
  readonly login_id: string | null;
  readonly user_id: string | null;
  readonly used_at: number | null;
  /** The user whose place the new one takes, under the same address; null for somebody who was not here before. */
  readonly replaces: string | null;
};

export type RateLimitRow = { readonly name: string; readonly left_over: number; readonly at: number };

/** What the links so far come to: written in the transaction of the link, read in place of them. */
export type GroupStateRow = {
  readonly g: string;
  readonly n: number;
  readonly head: string;
  readonly epoch: number;
  readonly commitment: string;
  readonly rotation_due: number;
  readonly closed: number;
  readonly members: number;
  readonly owners: number;
  readonly records: number;
};

/** One signed link. Its key, group and number, is what two who append at once compete for. */
export type GroupLinkRow = {
  readonly g: string;
  readonly n: number;
  readonly body: string;
  readonly sig: string;
  readonly hash: string;
  /** When the server took it. */
  readonly taken_at: number;
};

/** One stay of a user in a group. */
export type GroupMemberRow = {
  readonly g: string;
  readonly user_id: string;
  readonly joined: number;
  readonly sig: string;
  readonly enc: string;
  readonly role: Role;
  readonly left_n: number | null;
};

export type RecordHeadRow = {
  readonly g: string;
  readonly id: string;
  readonly ver: number;
  readonly h: string | null;
  readonly epoch: number;
  readonly by_user: string;
  readonly made: number;
  readonly changed: number;
};

/** A ciphertext, found by its hash. Until a link names it, it is only staged. */
export type BlobRow = {
  readonly g: string;
  readonly h: string;
  readonly ciphertext: Uint8Array;
  readonly staged_at: number;
};

/** The list that a rotation's link names. */
export type RotationListRow = {
  readonly g: string;
  readonly epoch: number;
  readonly h: string;
  readonly list: Uint8Array;
  readonly staged_at: number;
};

/** A group's key of one epoch, sealed to one member. */
export type SealRow = {
  readonly g: string;
  readonly epoch: number;
  readonly user_id: string;
  readonly sealed: Uint8Array;
};

/**
 * What somebody was offered, until it is accepted and the inviter has made them a member, or it is taken back: then the
 * row goes. Only the holder of the code can read the offer, and only they can make the `mac` of an answer.
 */
export type InvitationRow = {
  readonly id: string;
  readonly g: string;
  readonly by_user: string;
  readonly until: number;
  readonly ciphertext: string;
  readonly sig: string;
  /** The hash of a registration token that is good for as long as the invitation is. */
  readonly registration: string;
  /** How often somebody has tried to accept it. */
  readonly tries: number;
  /** Who has accepted, and what they sent; null before. */
  readonly user_id: string | null;
  readonly body: string | null;
  readonly mac: string | null;
  readonly pop: string | null;
};

/** The last counter that was given out for a record, of an entry that counts its codes. */
export type RecordCounterRow = { readonly g: string; readonly record_id: string; readonly counter: number };

/** A ciphertext that no head names, and when that was first seen. */
export type UnnamedBlobRow = { readonly g: string; readonly h: string; readonly since: number };

/** Each time a backup was put in the database's place. The highest generation is the present one; there is none before. */
export type RestoredRow = { readonly generation: number; readonly at: number };

/** Who sent a ciphertext or a list that no link has named yet, and how many bytes it has. */
export type StagedRow = {
  readonly g: string;
  readonly h: string;
  readonly user_id: string;
  readonly bytes: number;
};

/**
 * How many bytes are kept of a group's ciphertexts (named, staged and replaced) and of lists that no link names; in
 * `log_size`, of its links and the lists that they name.
 */
export type GroupSizeRow = { readonly g: string; readonly bytes: number };

/** Whose turn it is in a group, and until when. */
export type GroupHoldRow = { readonly g: string; readonly user_id: string; readonly until: number };

/** A record whose counter goes on as that of another one, of a group that its person has put together with the first. */
export type MovedCounterRow = {
  readonly g: string;
  readonly record_id: string;
  readonly to_g: string;
  readonly to_record: string;
};
