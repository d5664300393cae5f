import { validate as isUuid } from "uuid";
import type { Act } from "#app/domain/audit/read-acts.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatWeight, unitWords } from "#app/i18n/unit-words.ts";
import { formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import type { Json } from "#db/schema.d.ts";

type Field = keyof Messages["audit"]["field"];
type Said = { name: string; text: string };

/** Both ways of writing a name stand in the log. */
const camelled = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** Which of our words a code is one of, by what it was noted of. */
const codes: Record<string, (type: string) => string[]> = {
  status: (type) => [
    type === "parcel"
      ? "words.parcelStatus"
      : type === "listing"
        ? "words.listingStatus"
        : "words.payoutStatus",
  ],
  grade: () => ["words.grade"],
  state: () => ["claims.state", "audit.state"],
  carrier: () => ["coop.carrier"],
  fault: () => ["claims.fault"],
  by: () => ["audit.by"],
  role: () => ["words.role"],
  kind: () => ["words.certificate"],
  reason: () => [
    ...["farmListing.sellOut.reason", "coop.run.bounceReasons", "coop.reversal.reasons"],
    "packing.split.is",
  ],
  weekday: () => ["farmEarnings.payoutDay.day"],
};

/** The word of a code; of one that has none the code, so that nothing is kept from whoever reads. */
function codeWords(places: readonly string[], code: string, locale: Locale): string {
  for (const place of places) {
    const [feature = "", ...path] = place.split(".");
    const t = translator(locale, feature as "words");
    const key = [...path, code].join(".") as "unit.kg";
    if (t.has(key)) return t(key);
  }
  return code;
}

/** What a listing's history keeps as text that is none to be read; undefined for all else. */
function factWords(name: string, text: string, locale: Locale): string | undefined {
  if (name === "price") return formatFen(Number(text));
  if (name !== "unit") return undefined;
  const words = translator(locale, "words");
  const [unit = "", grams] = text.split(" ");
  return unitWords((word) => words(`unit.${word}`), locale)(unit, Number(grams));
}

function valueWords(name: string, value: unknown, type: string, locale: Locale): string {
  const t = translator(locale, "audit");
  const fact = type === "listing" && typeof value === "string" && factWords(name, value, locale);
  if (fact) return fact;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  const places = codes[name]?.(type);
  if (places) return codeWords(places, String(value), locale);
  if (Array.isArray(value)) return t("count", { count: value.length });
  if (typeof value === "number" && /fen$/i.test(name)) return formatFen(value);
  if (typeof value === "number" && /grams$/i.test(name)) return formatWeight(value, locale);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) {
    return formatDate(value, locale);
  }
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
    return formatDateTime(value, locale);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const unitsIn = (byLine: unknown) =>
  Object.values(byLine as Record<string, number>).reduce((sum, units) => sum + units, 0);

/** What stands in the log of one side, name by name; what only leads to a row of ours is left out. */
function saidIn(json: Json, type: string, locale: Locale): Said[] {
  const t = translator(locale, "audit");
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    return json === null ? [] : [{ name: "", text: JSON.stringify(json) }];
  }
  return Object.entries(json).flatMap(([noted, value]): Said[] => {
    const name = camelled(noted);
    if (value === null || value === undefined) return [];
    if (/Id$/.test(name) && typeof value === "string" && isUuid(value)) return [];
    // What a run was prepared by stands in a group of its own.
    if (name === "terms") return saidIn(value as Json, type, locale);
    // Of a split parcel it stands line by line, by ids.
    const later = type === "parcel" && name === "lines" && unitsIn(value);
    if (later) return [{ name: t("field.unitsLater"), text: String(later) }];
    const label = t.has(`field.${name as Field}`) ? t(`field.${name as Field}`) : name;
    return [{ name: label, text: valueWords(name, value, type, locale) }];
  });
}

/** "State: waiting; carrier: SF Express": what was noted before or after an act, in words. */
export function notedWords(
  json: Json | null,
  { subjectType }: Pick<Act, "subjectType">,
  locale: Locale,
): string {
  const [colon, semicolon] = locale === "zh" ? ["：", "；"] : [": ", "; "];
  const said = json === null ? [] : saidIn(json, subjectType, locale);
  return said.map(({ name, text }) => (name ? `${name}${colon}${text}` : text)).join(semicolon);
}
