import { z } from "zod";
import type { ClaimAnswer } from "#app/domain/claims/answer-claim.ts";
import { FAULTS } from "#app/domain/claims/claim-rules.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

export const ANSWERS = ["accept", "offer", "refuse"] as const;

const fields = z.object({
  answer: z.enum(ANSWERS, "choose"),
  amount: z.string().optional().default(""),
  fault: z.enum(FAULTS, "choose").optional(),
  reason: z.string().trim().max(LONGEST_REASON).optional().default(""),
});

export type ReadAnswer =
  | { ok: true; answer: ClaimAnswer; values: FormValues }
  | { ok: false; errors: FieldErrors; values: FormValues };

/** What is wrong with an amount, in yuan as it was typed, of which at most so many fen may be given. */
export function amountOf(typed: string, mostFen: number): number | "amount" | "claimAmount" {
  const fen = parseYuan(typed);
  if (fen === null) return "amount";
  return fen > 0 && fen <= mostFen ? fen : "claimAmount";
}

/** Reads the cooperative's answer to a claim of so many fen: every field that is wrong, at once. */
export async function readAnswerForm(form: FormData, askedFen: number): Promise<ReadAnswer> {
  const read = await readForm(form, fields);
  const { values } = read;
  const errors: FieldErrors = read.ok ? {} : read.errors;
  const answer = ANSWERS.find((each) => each === values.answer);
  const { fault, reason } = read.ok
    ? read.value
    : { fault: undefined, reason: values.reason ?? "" };
  const fen = amountOf(values.amount ?? "", askedFen - 1);
  if (answer === "offer" && typeof fen === "string") {
    errors.amount ??= fen === "claimAmount" ? "claimNotLess" : fen;
  }
  if (answer && answer !== "refuse" && fault === undefined && !values.fault)
    errors.fault ??= "choose";
  if (answer && answer !== "accept" && reason.trim() === "") errors.reason ??= "required";
  if (!answer || !read.ok || Object.keys(errors).length > 0) return { ok: false, errors, values };
  if (answer === "refuse") return { ok: true, answer: { kind: answer, reason }, values };
  if (fault === undefined) return { ok: false, errors: { fault: "choose" }, values };
  if (answer === "accept") return { ok: true, answer: { kind: answer, fault, reason }, values };
  if (typeof fen === "string") return { ok: false, errors: { amount: fen }, values };
  return { ok: true, answer: { kind: answer, fen, fault, reason }, values };
}
