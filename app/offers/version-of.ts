/** The saving a form was filled from; a form that began a draft says 0. */
export function versionOf(form: FormData, name = "version"): number | null {
  const typed = String(form.get(name) ?? "");
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null;
}
