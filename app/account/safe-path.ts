const HERE = "http://here.invalid";
// Coming back to these would sign in or out again, or repeat a form.
const NO_RETURN = /^\/(sign-in|sign-out|language)(\/|$)/;

/**
 * A path of this site to go to next, or null. What a stranger put into a link must never lead to
 * another site: "//evil.example", "/\evil.example", "/.//evil.example" and the like do not pass.
 */
export function safePath(to: unknown): string | null {
  if (typeof to !== "string" || to.length > 1000) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them from addresses
  if (!/^\/(?!\/)/.test(to) || /[\\\u0000-\u0020\u007f]/.test(to)) return null;
  const url = URL.parse(to, HERE);
  if (!url || url.origin !== HERE || url.pathname.startsWith("//")) return null;
  if (NO_RETURN.test(url.pathname)) return null;
  return url.pathname + url.search;
}
