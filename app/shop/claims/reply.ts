import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { LONGEST_WORDS } from "#app/domain/claims/claim-rules.ts";
import { replyToAnswer } from "#app/domain/claims/reply-to-answer.ts";
import { readForm } from "#app/forms/read-form.ts";
import { claimPath } from "./claim-path.ts";

const reply = z.object({ words: z.string().trim().optional().default("") });

/** The buyer's reply to an answer; what cannot be any more is said on the claim's own page. */
export async function replyWith(
  { request, params, context }: ActionFunctionArgs,
  kind: "take" | "escalate",
): Promise<Response> {
  const buyer = await buyerOf(request, context);
  const { number = "", claimId = "" } = params;
  const form = await readForm(request, reply);
  const words = (form.ok ? form.value.words : (form.values.words ?? "")).slice(0, LONGEST_WORDS);
  const replied = await replyToAnswer(context.db, buyer, { number, claimId, kind, words });
  if (replied.ok) return redirect(claimPath(number, claimId), 303);
  if (replied.reason === "claim-not-found") throw new Response("Not Found", { status: 404 });
  return redirect(claimPath(number, claimId, replied.reason), 303);
}

/** Who comes here by a link is led to the claim. */
export function toClaim({ number = "", claimId = "" }: ActionFunctionArgs["params"]): Response {
  return redirect(claimPath(encodeURIComponent(number), encodeURIComponent(claimId)), 303);
}
