/**
 * Where a form that was taken leads on to. It names this very sending there, as the phone did, so
 * that keep-typed.js knows that what was typed has arrived.
 */
export function leadOn(path: string, form: FormData): string {
  const sending = String(form.get("sending") ?? "");
  if (!/^[0-9a-z]{1,40}$/.test(sending)) return path;
  const { pathname, searchParams, hash } = new URL(path, "http://here");
  searchParams.set("arrived", sending);
  return `${pathname}?${searchParams}${hash}`;
}
