import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Proof, type Recomputed, recomputeProof } from "./proof.ts";
import { readSealByRoot } from "./read-seals.ts";

export type Checked =
  | { ok: true; proof: Proof }
  | { ok: false; reason: Extract<Recomputed, { ok: false }>["reason"] | "unknown-seal" };

/**
 * Checks a proof as it was pasted: recomputes it, then looks for its seal in the market's chain.
 * Fails as `recomputeProof` does, or with `unknown-seal`: sound in itself, but not of this ledger.
 * Locks nothing.
 */
export async function checkProof(db: Kysely<DB>, pasted: string): Promise<Checked> {
  const recomputed = recomputeProof(pasted);
  if (!recomputed.ok) return recomputed;
  const seal = await readSealByRoot(db, recomputed.proof.seal.chainedRoot);
  return seal ? recomputed : { ok: false, reason: "unknown-seal" };
}
