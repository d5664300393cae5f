import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";

type Answer = { ok: true } | { ok: false; reason: string };

/**
 * After a form: to the run's page, with the reason when nothing was done; `itemId` says beside
 * which item's form it is told.
 */
export function leadToRun(runId: string, answer: Answer, itemId?: string): Response {
  const path = `/coop/payouts/${encodeURIComponent(runId)}`;
  if (answer.ok) return redirect(path, 303);
  if (answer.reason.endsWith("-not-found")) throw new Response(null, { status: 404 });
  const said = new URLSearchParams({ problem: answer.reason });
  if (!itemId) return redirect(`${path}?${said}`, 303);
  said.set("item", itemId);
  return redirect(`${path}?${said}#item-${encodeURIComponent(itemId)}`, 303);
}

/** Someone who opens the address of a form is led to the page the form stands on. */
export function backToRun({ params }: LoaderFunctionArgs): Response {
  return redirect(`/coop/payouts/${encodeURIComponent(params.runId ?? "")}`, 303);
}
