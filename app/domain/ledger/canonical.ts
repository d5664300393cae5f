import { createHash } from "node:crypto";

/**
 * A ledger transaction as it is sealed: everything its rows say, with the accounts by their codes.
 * Times are UTC with all the microseconds PostgreSQL keeps, as text: a Date would round them.
 */
export type SealedTransaction = {
  id: string;
  seq: number;
  kind: string;
  causeType: string;
  causeId: string;
  reversesId: string | null;
  idempotencyKey: string;
  occurredAt: string;
  createdAt: string;
  /** In the order of their ids. */
  postings: {
    id: string;
    account: string;
    accountKind: string;
    fen: number;
    orderLineId: string | null;
    reliefAccountId: string | null;
    createdAt: string;
  }[];
};

/** A seal without its own root: what the chain is made of. Roots are in hexadecimal. */
export type SealHead = {
  id: string;
  seq: number;
  firstSeq: number;
  lastSeq: number;
  transactionCount: number;
  merkleRoot: string;
  /** The chained root of the seal before; null in the first. */
  previousRoot: string | null;
  sealedAt: string;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON with one spelling only: RFC 8785. Keys in the order of their UTF-16 units, no white space,
 * strings and numbers as JavaScript writes them; numbers here are whole.
 */
function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/**
 * The bytes of a transaction that are hashed as its leaf: the canonical JSON (RFC 8785), in UTF-8,
 * of exactly the fields of SealedTransaction and `"v":1`, the version of this form.
 */
export function canonicalBytes(transaction: SealedTransaction): Buffer {
  return Buffer.from(canonicalJson({ v: 1, ...transaction }), "utf8");
}

/**
 * The root that a seal hands to the next: SHA-256(0x02 ‖ canonical JSON of the head and `"v":1`).
 * 0x02 keeps it apart from the leaves (0x00) and nodes (0x01) of RFC 6962. The head names the root
 * before it, so a seal vouches for all of history, not for its own transactions only.
 */
export function chainedRoot(head: SealHead): Buffer {
  return createHash("sha256")
    .update(Uint8Array.of(0x02))
    .update(canonicalJson({ v: 1, ...head }), "utf8")
    .digest();
}
