import { type AppLoadContext, redirect } from "@remix-run/server-runtime";
import { answerAsCooperative } from "#app/domain/moves/answer-move.ts";
import { askMove, takeBackMove } from "#app/domain/moves/ask-move.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { moveForms, refusals } from "./move-fields.ts";

export type Refused = {
  status: number;
  errors: FieldErrors;
  values: FormValues;
  problem: "over" | "households-word" | null;
};

const PATH = "/coop/households/moves";
const to = (done: string) => redirect(`${PATH}?done=${done}`, 303);

/** Asks a household to come; what is refused stands beside the code. */
async function ask(context: AppLoadContext, scope: CoopScope, sent: FormData) {
  const form = await readForm(sent, moveForms.ask);
  const refuse = (status: number, errors: FieldErrors): Refused => ({
    ...{ status, errors, values: form.values, problem: null },
  });
  if (switchLocale(context, form.values.locale)) return refuse(200, {});
  if (!form.ok) return refuse(422, form.errors);
  const asked = await askMove(context.db, scope, form.value);
  if (asked.ok) return to("asked");
  // The form was sent before, for another code: a new one asks about this.
  const reason = asked.reason === "asked-before" ? "open-already" : asked.reason;
  return refuse(409, { registerCode: refusals[reason] });
}

/**
 * Reads which form of the page was sent, and does it: a redirect, or why not. Throws a 400 for a form that
 * is none of them, and a 404 for a move of nobody's here.
 */
export async function takeForm(
  context: AppLoadContext,
  scope: CoopScope,
  request: Request,
): Promise<Response | Refused> {
  const sent = await request.formData().catch(() => new FormData());
  const what = sent.get("what");
  if (what === "ask") return ask(context, scope, sent);
  if (what !== "take-back" && what !== "agreed" && what !== "refused") {
    throw new Response("Bad request", { status: 400 });
  }
  const form = await readForm(sent, moveForms[what]);
  if (!form.ok) throw new Response("Bad request", { status: 400 });
  const { db } = context;
  const { moveId } = form.value;
  if (what === "take-back") {
    if (await takeBackMove(db, scope, { moveId })) return to("tookBack");
    throw new Response(null, { status: 404 });
  }
  const answered = await answerAsCooperative(db, scope, { moveId, answer: what });
  if (answered.ok) return to("answered");
  if (answered.reason === "move-not-found") throw new Response(null, { status: 404 });
  return { status: 409, errors: {}, values: form.values, problem: answered.reason };
}
