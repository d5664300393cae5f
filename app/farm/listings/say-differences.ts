import type { AppLoadContext } from "@remix-run/server-runtime";
import type { DraftDifference } from "#app/domain/drafts/draft-differences.ts";
import { readCrops } from "#app/domain/listings/read-crops.ts";
import { translator } from "#app/i18n/translate.ts";
import { factWords } from "#app/offers/fact-words.ts";

/** A difference in words: of what, what is published (or a draft says), and what the phone says. */
export type SaidDifference = { label: string; published: string; offered: string };

const countOf = (photoIds: string) => photoIds.split(" ").filter(Boolean).length;
const inAnyOrder = (photoIds: string) => photoIds.split(" ").sort().join();
const isReordered = ({ published, offered }: DraftDifference) =>
  inAnyOrder(published) === inAnyOrder(offered);

/** Says in the reader's language in what a phone's offer differs from what is published or drafted. */
export async function sayDifferences(
  { db, locale }: Pick<AppLoadContext, "db" | "locale">,
  differences: readonly DraftDifference[],
): Promise<SaidDifference[]> {
  const t = translator(locale, "farmOffline");
  const facts = translator(locale, "farmListing");
  const words = factWords(locale);
  const hasCrop = differences.some(({ what }) => what === "category");
  const crops = hasCrop ? (await readCrops(db, locale)).flatMap((group) => group.crops) : [];
  const cropOf = (code: string) => crops.find((crop) => crop.code === code)?.name ?? code;
  const say = (difference: DraftDifference): SaidDifference => {
    const { what, published, offered, isAsTyped } = difference;
    const both = (of: (text: string) => string) => ({
      published: isAsTyped ? published : of(published),
      offered: of(offered),
    });
    switch (what) {
      case "category":
        return { label: t("differs.category"), ...both(cropOf) };
      case "quantity":
        return { label: t("differs.quantity"), ...both((count) => t("differs.pieces", { count })) };
      case "photos":
        return {
          label: t(isReordered(difference) ? "differs.photoOrder" : "differs.photos"),
          published: t("differs.photoCount", { count: countOf(published) }),
          offered: t("differs.photoCount", { count: countOf(offered) }),
        };
      default:
        return { label: facts(`history.what.${what}`), ...both((text) => words(what, text)) };
    }
  };
  return differences.map(say);
}
