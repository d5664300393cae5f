import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { defaultLocale, isLocale } from "#app/i18n/locale.ts";
import { localeCookie } from "#app/i18n/switch-locale.ts";
import { safePath } from "./safe-path.ts";

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData().catch(() => new FormData());
  const chosen = form.get("locale");
  const locale = isLocale(chosen) ? chosen : defaultLocale;
  const cookie = localeCookie(locale, context.publicUrl);
  const to = safePath(form.get("to")) ?? "/";
  return redirect(to, { status: 303, headers: { "Set-Cookie": cookie } });
}

export const loader = () => redirect("/account", 303);
