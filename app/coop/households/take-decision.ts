import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Decided } from "#app/domain/joining/decide-application.ts";
import { refuseApplication } from "#app/domain/joining/decide-application.ts";
import { joinHousehold } from "#app/domain/joining/join-household.ts";
import { openHousehold } from "#app/domain/joining/open-household.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { type ReadForm, readForm } from "#app/forms/read-form.ts";
import { decisions } from "./decision-fields.ts";

type Refusal = Pick<Extract<ReadForm<never>, { ok: false }>, "errors" | "values">;
export type Taken =
  | { isRead: false; refusal: Refusal }
  | { isRead: true; what: keyof typeof decisions; decided: Decided; values: Refusal["values"] };

/** Reads which decision the form is, and takes it. Throws a 400 for a form that is none of them. */
export async function takeDecision(
  db: AppLoadContext["db"],
  scope: CoopScope,
  { request, applicationId }: { request: Request; applicationId: string },
): Promise<Taken> {
  const sent = await request.formData().catch(() => new FormData());
  const what = sent.get("what");
  if (what === "join") {
    const form = await readForm(sent, decisions.join);
    if (!form.ok) throw new Response("Bad request", { status: 400 });
    const decided = await joinHousehold(db, scope, { applicationId, ...form.value });
    return { isRead: true, what, decided, values: form.values };
  }
  if (what === "open") {
    const form = await readForm(sent, decisions.open);
    if (!form.ok) return { isRead: false, refusal: form };
    const decided = await openHousehold(db, scope, { applicationId, ...form.value });
    return { isRead: true, what, decided, values: form.values };
  }
  if (what !== "refuse") throw new Response("Bad request", { status: 400 });
  const form = await readForm(sent, decisions.refuse);
  if (!form.ok) return { isRead: false, refusal: form };
  const decided = await refuseApplication(db, scope, { applicationId, ...form.value });
  return { isRead: true, what, decided, values: form.values };
}
