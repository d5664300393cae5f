import { z } from "zod";
import { FAULTS } from "#app/domain/claims/claim-rules.ts";
import type { ClaimDecision } from "#app/domain/claims/decide-claim.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

export const DECISIONS = ["grant", "dismiss"] as const;

const fields = z.object({
  decision: z.enum(DECISIONS, "choose"),
  amount: z.string().optional().default(""),
  fault: z.enum(FAULTS, "choose").optional(),
  reason: z.string().trim().min(1, "required").max(LONGEST_REASON),
});

export type ReadDecision =
  | { ok: true; decision: ClaimDecision; values: FormValues }
  | { ok: false; errors: FieldErrors; values: FormValues };

/** Reads the operator's decision of a claim of so many fen: every field that is wrong, at once. */
export async function readDecision(form: FormData, askedFen: number): Promise<ReadDecision> {
  const read = await readForm(form, fields);
  const { values } = read;
  const errors: FieldErrors = read.ok ? {} : read.errors;
  const fen = parseYuan(values.amount ?? "");
  const isGrant = values.decision === "grant";
  if (isGrant && fen === null) errors.amount ??= "amount";
  else if (isGrant && (fen === 0 || (fen ?? 0) > askedFen)) errors.amount ??= "claimAmount";
  if (isGrant && !values.fault) errors.fault ??= "choose";
  if (!read.ok || Object.keys(errors).length > 0) return { ok: false, errors, values };
  const { fault, reason, decision } = read.value;
  if (decision === "dismiss") return { ok: true, decision: { kind: decision, reason }, values };
  if (fen === null || fault === undefined) return { ok: false, errors, values };
  return { ok: true, decision: { kind: decision, fen, fault, reason }, values };
}
