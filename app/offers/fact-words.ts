import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { FactChange } from "#app/domain/listings/note-changes.ts";
import type { Grade, Unit } from "#app/domain/listings/offer-rules.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { unitWords } from "#app/i18n/unit-words.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";

/** Turns a fact of a listing, as its history keeps it, into what is read. */
export function factWords(locale: Locale): (what: FactChange["what"], text: string) => string {
  const t = translator(locale, "farmListing");
  const words = translator(locale, "words");
  const sayUnit = unitWords((unit) => words(`unit.${unit}`), locale);
  return (what, text) => {
    if (text === "") return t("history.nothing");
    switch (what) {
      case "price":
        return formatFen(Number(text));
      case "grade":
        return words(`grade.${text as Grade}`);
      case "status":
        return words(`listingStatus.${text as ListingStatus}`);
      case "harvestedOn":
      case "shipsFrom":
        return formatDate(text, locale);
      case "unit": {
        const [unit = "kg", grams] = text.split(" ");
        return sayUnit(unit as Unit, Number(grams));
      }
      default:
        return text;
    }
  };
}
