import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { easyModeCookie } from "#app/ui/easy-mode.ts";
import { safePath } from "./safe-path.ts";

/** How large the farm's pages are is the phone's own matter: it is kept in a cookie alone. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData().catch(() => new FormData());
  const cookie = easyModeCookie(form.get("mode") === "easy", context.publicUrl);
  const to = safePath(form.get("to")) ?? "/farm";
  return redirect(to, { status: 303, headers: { "Set-Cookie": cookie } });
}

export const loader = () => redirect("/farm", 303);
