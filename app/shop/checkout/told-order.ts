/** The order that a browser was told of last, and how often its address had been corrected then. */
export type ToldOrder = { number: string; revision: number };

const A_DAY = 24 * 60 * 60;

/**
 * The cookie by which a browser says what it knows with whatever it sends from now on. A copy of what
 * it sent before does not have it, however late it comes; nor has a form on a page of before, as the
 * browser's back button shows it, any need to.
 */
export function toldCookie({ number, revision }: ToldOrder, publicUrl: string): string {
  const secure = publicUrl.startsWith("https://") ? "; Secure" : "";
  const attributes = `Path=/checkout; Max-Age=${A_DAY}; HttpOnly; SameSite=Lax${secure}`;
  return `told-order=${number}.${revision}; ${attributes}`;
}

/** Null when it was told of none, or says what we never do. */
export function readTold(request: Request): ToldOrder | null {
  const cookies = request.headers.get("cookie") ?? "";
  const [, number, revision] = /(?:^|; *)told-order=(\w+)\.(\d{1,9})(?:;|$)/.exec(cookies) ?? [];
  return number === undefined ? null : { number, revision: Number(revision) };
}
