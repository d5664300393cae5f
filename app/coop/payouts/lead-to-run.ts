import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";

type Answer = { ok: true } | { ok: false; reason: string };

/** After a form: to the run's page, with the reason when nothing was done. */
export function leadToRun(runId: string, answer: Answer): Response {
  const path = `/coop/payouts/${encodeURIComponent(runId)}`;
  if (answer.ok) return redirect(path, 303);
  if (answer.reason.endsWith("-not-found")) throw new Response(null, { status: 404 });
  return redirect(`${path}?${new URLSearchParams({ problem: answer.reason })}`, 303);
}

/** Someone who opens the address of a form is led to the page the form stands on. */
export function backToRun({ params }: LoaderFunctionArgs): Response {
  return redirect(`/coop/payouts/${encodeURIComponent(params.runId ?? "")}`, 303);
}
