import { createHash } from "node:crypto";
import type { SearchDocument } from "./document.ts";
import { priceBandOf } from "./filters.ts";
import { writtenCooperative } from "./known-cooperatives.ts";
import { looseTerms, regionPrefixes } from "./listing-words.ts";
import { meilisearchWord } from "./meilisearch-word.ts";
import { weighedTerms } from "./weighed-terms.ts";

export type MeilisearchDocument = { id: string; version: number; digest: string } & Record<
  string,
  string | number | boolean | string[] | { lat: number; lng: number }
>;

const DAY_MS = 86_400_000;
/** "2026-11-23" as days since 1970. */
export const daysOf = (day: string) => Date.parse(day) / DAY_MS;

/**
 * A day as a place on the equator, two hundred to a degree: Meilisearch sorts by nearness in space,
 * not in time. Good from 1875 to 2112. Written short, because it does not give back the last digits of
 * a long one as they were.
 */
export function placeOfDay(day: string): { lat: number; lng: number } {
  return { lat: 0, lng: Math.min(170, Math.max(-170, (daysOf(day) - 18_000) / 200)) };
}

/** Tells whether two documents say the same, in whatever order their fields stand. */
export function digestOf(document: SearchDocument): string {
  const sorted = Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url").slice(0, 22);
}

/** A document as Meilisearch keeps it: cut beforehand by the same rules as PostgreSQL's terms. */
export function meilisearchDocument(document: SearchDocument): MeilisearchDocument {
  const terms = weighedTerms(document);
  const field = (words: string[]) => [...new Set(words.map(meilisearchWord))].join(" ");
  const loose = looseTerms(document);
  const names = new Set([...terms.names, ...terms.typedNames]);
  return {
    id: document.id,
    version: document.version,
    digest: digestOf(document),
    names: field([...names]),
    called: [...names],
    what: field(terms.what),
    where: field([...terms.where, ...terms.typedPlaces]),
    who: field(terms.who),
    also: field(terms.also),
    typed: field(terms.typed),
    looseNames: field(loose.filter((word) => names.has(word))),
    loose: field(loose),
    categories: document.categoryCodes,
    regions: regionPrefixes(document.regionCode),
    counties: [`${document.regionCode.slice(0, 2)}0000`, document.regionCode.slice(0, 6)],
    gradeCode: document.grade,
    certificates: document.certificates,
    cooperativeId: document.cooperativeId,
    cooperative: writtenCooperative(document),
    inStock: document.inStock,
    fenPerJin: document.fenPerJin,
    priceBand: priceBandOf(document.fenPerJin),
    harvestMonth: document.harvestedOn.slice(0, 7),
    _geo: placeOfDay(document.harvestedOn),
    shipsFromDay: document.shipsFrom ? daysOf(document.shipsFrom) : 0,
    households: document.households,
    publishedAt: Date.parse(document.publishedAt),
  };
}
