import type { AppLoadContext } from "@remix-run/server-runtime";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { closeDots, formatFen } from "#app/ui/format.ts";

type Card = Parameters<AppLoadContext["cards"]["draw"]>[0];

/** Counts up when cards are drawn another way: their names are other ones then. */
const DRAWN_AS = 1;
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** The largest picture of the first photo that is ready. */
function photoOf(photos: PublicListing["photos"]): string | null {
  const ready = photos.find(({ state, variants }) => state === "ready" && variants.length > 0);
  const widest = ready?.variants.toSorted((a, b) => b.width - a.width)[0];
  return widest?.name ?? null;
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex").slice(0, 32);
}

/**
 * The card of a listing in a language: what is on it, and a name made of all of that, so that what
 * was fetched under one name is never old. Null while it has no photo. No more of a household than
 * the listing's own page says: the alias.
 */
export async function cardOf(listing: PublicListing, locale: Locale): Promise<Card | null> {
  const photo = photoOf(listing.photos);
  if (photo === null) return null;
  const t = translator(locale, "shop");
  const units = translator(locale, "words");
  const nameOf = ({ zh, en }: { zh: string; en: string }) => pick(locale, zh, en);
  const [first] = listing.aliases;
  const alias = first ? closeDots(nameOf(first)) : "";
  const count = listing.aliases.length;
  const words = {
    lang: locale === "zh" ? "zh-CN" : "en",
    title: nameOf(listing.title),
    price: formatFen(listing.priceFen),
    unit: `/ ${units(`unit.${listing.unit}`)}`,
    place: t("produce.place", {
      village: nameOf(listing.village),
      region: nameOf(listing.county),
    }),
    alias: count > 1 ? t("produce.card.many", { alias, count }) : alias,
    brand: t("produce.card.brand"),
  };
  const hash = await hashOf(JSON.stringify([DRAWN_AS, photo, words]));
  return { name: `${listing.id}-${locale}-${hash}.jpg`, photo, words };
}

export const cardPath = (name: string) => `/cards/${name}`;
