import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { DROP_SHOWN_PAGES } from "#app/ui/not-kept.ts";

export async function action({ request, context }: ActionFunctionArgs) {
  const headers = new Headers([[...DROP_SHOWN_PAGES]]);
  for (const cookie of await context.auth.signOut(request.headers)) {
    headers.append("Set-Cookie", cookie);
  }
  return redirect("/", { status: 303, headers });
}

export const loader = () => redirect("/account", 303);
