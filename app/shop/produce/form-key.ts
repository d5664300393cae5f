/** Cookies that change how a page looks, and are nobody's own. */
const OF_TASTE = ["", "lang", "farm-mode"];

/**
 * The key of a listing's form, by which a cart knows the form that was sent twice. For whoever has
 * nothing of her own, and so no cart, it is the listing's: the page is the same for all of them, byte
 * for byte, and a browser that has it need not fetch it again. Keys are kept by cart, so two buyers'
 * never meet. As soon as she has a cart every page has a key of its own; what she then adds from a
 * page she went back to, the cart asks her about, as of any form that was sent before.
 */
export function formKey(request: Request, listingId: string): string {
  const cookies = request.headers.get("cookie")?.split(";") ?? [];
  const hasOwn = cookies.some((pair) => !OF_TASTE.includes(pair.trim().split("=", 1)[0] ?? ""));
  return hasOwn ? crypto.randomUUID() : `first-${listingId}`;
}
