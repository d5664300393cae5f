import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { canonicalBytes, type SealedTransaction } from "./canonical.ts";
import { type Proof, type Recomputed, recomputeProof } from "./proof.ts";
import { readSealByRoot } from "./read-seals.ts";
import { readTransactions } from "./read-transactions.ts";

export type Checked =
  | { ok: true; proof: Proof }
  | { ok: false; reason: Extract<Recomputed, { ok: false }>["reason"] | "unknown-seal" }
  | { ok: false; reason: "entry-changed"; proof: Proof; now: SealedTransaction | null };

/**
 * Checks a proof as it was pasted: recomputes it, looks for its seal in the market's chain, and
 * compares what it proves with what the ledger says at this moment. Fails as `recomputeProof` does, with
 * `unknown-seal` (sound in itself, but not of this ledger), or with `entry-changed`: the proof is sound,
 * and the entry does not say that any more (`now`; null when it is gone). Locks nothing.
 */
export async function checkProof(db: Kysely<DB>, pasted: string): Promise<Checked> {
  const recomputed = recomputeProof(pasted);
  if (!recomputed.ok) return recomputed;
  const seal = await readSealByRoot(db, recomputed.proof.seal.chainedRoot);
  if (!seal) return { ok: false, reason: "unknown-seal" };
  const { proof } = recomputed;
  const { seq } = proof.transaction;
  const [now = null] = await readTransactions(db, { after: seq - 1, upTo: seq, limit: 1 });
  const isAsSealed = now && canonicalBytes(now).equals(canonicalBytes(proof.transaction));
  return isAsSealed ? recomputed : { ok: false, reason: "entry-changed", proof, now };
}
