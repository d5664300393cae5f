import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { planParcelRefund, readParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import type { ChangedSince } from "./changed-notice.tsx";
import { readMeantRefund, readRefundForm } from "./refund-fields.ts";
import type { ShownPlan } from "./refund-plan.tsx";

type Db = ActionFunctionArgs["context"]["db"];

/** What a sent refund form comes to; a parcel that is not there is `null`. */
export type RefundAnswer =
  | { kind: "made" }
  | { kind: "stopped"; problem: "not-refundable" | "order-stopped" | "payment-made-up" }
  | ({ kind: "form"; errors: FieldErrors; values: FormValues } & ChangedSince)
  | { kind: "plan"; plan: ShownPlan; values: FormValues };

const confirmation = z.object({
  step: z.literal("confirm"),
  clientKey: z.uuid(),
  seen: z.string().min(1),
});

/**
 * A refund form is sent twice: first it is answered with who would give back how much, then that
 * is confirmed and carried out just as it was shown. What was given back in between, or by this very
 * form, is shown anew.
 */
export async function answerRefund(
  db: Db,
  scope: CoopScope,
  parcelId: string,
  form: FormData,
): Promise<RefundAnswer | null> {
  const left = await readParcelLeft(db, scope, parcelId);
  if (!left) return null;
  const confirmed = await readForm(form, confirmation);
  const asked = await readRefundForm(form, left);
  const { values } = asked;
  if (form.get("step") === "edit") return { kind: "form", errors: {}, values, hasChanged: false };
  let since: ChangedSince = { hasChanged: confirmed.ok };
  const meant = await readMeantRefund(form);
  if (confirmed.ok && meant.ok) {
    const { of, note } = meant;
    const made = await refundParcel(db, scope, { ...confirmed.value, parcelId, of, note });
    if (made.ok) return { kind: "made" };
    if (made.reason === "payment-disputed") return { kind: "stopped", problem: "order-stopped" };
    if (made.reason === "payment-made-up") return { kind: "stopped", problem: made.reason };
    if (made.reason === "not-paid") return { kind: "stopped", problem: "not-refundable" };
    if (made.reason === "parcel-not-found") return null;
    if (made.reason === "refunded-before") since = { hasChanged: false, before: made };
  }
  if (!asked.ok) return { kind: "form", errors: asked.errors, values, ...since };
  const plan = await planParcelRefund(db, scope, { parcelId, of: asked.of });
  if (!plan) return null;
  if (!plan.ok) {
    const field = plan.item === undefined ? "freight" : (asked.fields[plan.item] ?? "form");
    return { kind: "form", errors: { [field]: "moreThanLeft" }, values, ...since };
  }
  const owed = await readOwed(db, scope);
  const balances = new Map(owed.map((row) => [`relief:${row.reliefCode}`, row.balanceFen]));
  const shares = plan.parts.map(({ account, orderLineId, fen }) => ({
    ...{ account, orderLineId, fen },
    balanceFen: balances.get(account) ?? null,
  }));
  const { fen, mark } = plan;
  const shown = { fen, mark, shares, note: asked.note, clientKey: uuidv7(), ...since };
  return { kind: "plan", plan: shown, values };
}
