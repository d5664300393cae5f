import { z } from "zod";
import { canonicalBytes, chainedRoot, type SealedTransaction } from "./canonical.ts";
import { auditPath, leafHash, merkleRoot, rootFromPath } from "./merkle.ts";
import type { Seal } from "./read-seals.ts";

/** What a buyer takes away: her transaction, the way from it to a root, and the seal of that root. */
export type Proof = {
  format: "tianji-ledger-proof";
  version: 1;
  transaction: SealedTransaction;
  /** The place of the transaction among those of the seal, from 0. */
  index: number;
  /** Hashes beside the way to the root (RFC 6962, 2.1.1), hexadecimal. */
  path: string[];
  seal: Seal;
};

const whole = z.int();
const count = z.int().min(1);
const text = z.string().max(300);
const root = z.string().regex(/^[0-9a-f]{64}$/);

const posting = z.strictObject({
  ...{ id: text, account: text, accountKind: text, fen: whole, createdAt: text },
  ...{ orderLineId: text.nullable(), reliefAccountId: text.nullable() },
});
const transaction = z.strictObject({
  ...{ id: text, seq: count, kind: text, causeType: text, causeId: text },
  ...{ reversesId: text.nullable(), idempotencyKey: text, occurredAt: text, createdAt: text },
  postings: z.array(posting).min(2).max(10_000),
});
const seal = z.strictObject({
  ...{ id: text, seq: count, firstSeq: count, lastSeq: count, transactionCount: count },
  ...{ merkleRoot: root, previousRoot: root.nullable(), sealedAt: text, chainedRoot: root },
});
const proof: z.ZodType<Proof> = z.strictObject({
  format: z.literal("tianji-ledger-proof"),
  version: z.literal(1),
  transaction,
  index: z.int().min(0),
  path: z.array(root).max(64),
  seal,
});

/**
 * The proof that the transaction with this id is under the seal. `transactions` are all that the
 * seal covers, in order; throws when it is not among them. Null when they are not what was sealed:
 * then somebody has changed one of them, and no proof can be made of any.
 */
export function makeProof(
  sealed: Seal,
  transactions: readonly SealedTransaction[],
  id: string,
): Proof | null {
  const index = transactions.findIndex((one) => one.id === id);
  const found = transactions[index];
  if (!found) throw new Error(`seal ${sealed.seq} does not cover transaction ${id}`);
  const leaves = transactions.map((one) => leafHash(canonicalBytes(one)));
  if (merkleRoot(leaves).toString("hex") !== sealed.merkleRoot) return null;
  return {
    ...{ format: "tianji-ledger-proof", version: 1, transaction: found, index, seal: sealed },
    path: auditPath(leaves, index).map((hash) => hash.toString("hex")),
  };
}

/** A name in a text of JSON stands before a colon; whatever else is in quotes does not. */
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

function countNames(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  const inside = Object.values(value).reduce<number>((sum, one) => sum + countNames(one), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** A name written twice holds two values, and whoever reads the text may see the other one (RFC 7493). */
function namesTwice(text: string, json: unknown): boolean {
  const written = [...text.matchAll(STRING)].filter(([, colon]) => colon !== undefined).length;
  return written !== countNames(json);
}

export type Recomputed =
  | { ok: true; proof: Proof }
  | { ok: false; reason: "not-a-proof" | "transaction-does-not-match" | "seal-does-not-match" };

/**
 * Recomputes a proof from its own text, trusting nothing else: leaf, way to the root, chained root.
 * Fails with `not-a-proof` (no JSON of this form, or a name is written twice), `transaction-does-not-match` (the transaction or
 * its way does not lead to the seal's root) or `seal-does-not-match` (the seal is not what its
 * chained root says). Whether there is such a seal only the market's chain can say.
 */
export function recomputeProof(pasted: string): Recomputed {
  let json: unknown;
  try {
    json = JSON.parse(pasted);
  } catch {
    return { ok: false, reason: "not-a-proof" };
  }
  const parsed = proof.safeParse(json);
  if (!parsed.success || namesTwice(pasted, json)) return { ok: false, reason: "not-a-proof" };
  const { transaction: sold, index, path, seal: sealed } = parsed.data;
  const { chainedRoot: chained, ...head } = sealed;
  const beside = path.map((hash) => Buffer.from(hash, "hex"));
  const leaf = leafHash(canonicalBytes(sold));
  const reached = rootFromPath(leaf, index, sealed.transactionCount, beside);
  if (reached?.toString("hex") !== sealed.merkleRoot) {
    return { ok: false, reason: "transaction-does-not-match" };
  }
  if (chainedRoot(head).toString("hex") !== chained) {
    return { ok: false, reason: "seal-does-not-match" };
  }
  return { ok: true, proof: parsed.data };
}
