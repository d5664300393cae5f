import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";

export async function action({ request, context }: ActionFunctionArgs) {
  const headers = new Headers();
  for (const cookie of await context.auth.signOut(request.headers)) {
    headers.append("Set-Cookie", cookie);
  }
  return redirect("/", { status: 303, headers });
}

export const loader = () => redirect("/account", 303);
