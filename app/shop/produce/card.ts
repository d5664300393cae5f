import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { isLocale } from "#app/i18n/locale.ts";
import { cardOf, cardPath } from "./card-of.ts";

const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([a-z]{2})-[0-9a-f]{32}\.jpg$/;
const FOREVER = "public, max-age=31536000, immutable";
const A_WHILE = "public, max-age=300";

const notFound = () =>
  new Response("404", { status: 404, headers: { "Cache-Control": "no-store" } });

function answer(request: Request, name: string, bytes: Uint8Array): Response {
  const etag = `"${name}"`;
  const headers = {
    "Cache-Control": FOREVER,
    ETag: etag,
    // It is made to be shown where the listing is spoken of.
    "Cross-Origin-Resource-Policy": "cross-origin",
  };
  if (request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(Uint8Array.from(bytes), {
    headers: { ...headers, "Content-Type": "image/jpeg", "Content-Length": `${bytes.length}` },
  });
}

/**
 * GET /cards/:name: the picture by which a listing is shared. The name of what a card was before leads
 * to what it is now: who shared the listing shared the address of then.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const name = params.name ?? "";
  const [, listingId = "", locale = ""] = NAME.exec(name) ?? [];
  if (!isLocale(locale)) return notFound();
  const kept = context.cards.find(name);
  if (kept) return answer(request, name, kept);
  const listing = await readListing(context.db, listingId);
  const card = listing && (await cardOf(listing, locale));
  if (!card) return notFound();
  if (card.name !== name) {
    return redirect(cardPath(card.name), { status: 302, headers: { "Cache-Control": A_WHILE } });
  }
  const drawn = await context.cards.draw(card);
  if (drawn.ok) return answer(request, name, drawn.bytes);
  if (drawn.reason === "no-photo") return notFound();
  const headers = { "Cache-Control": "no-store", "Retry-After": "5" };
  return new Response("503", { status: 503, headers });
}
