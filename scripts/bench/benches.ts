import { coopDay } from "./coop-day.ts";
import type { Measured, Target } from "./figures.ts";
import { guestJourney } from "./guest-journey.ts";
import { importRows } from "./import-rows.ts";
import { lcp2g } from "./lcp-2g.ts";
import { type Market, withMarket } from "./market/open.ts";
import { orderHot } from "./order-hot.ts";
import { orderHttp } from "./order-http.ts";
import { orderSql } from "./order-sql.ts";
import { firstPaintBytes, pageWeight } from "./page-bytes.ts";
import { page304, pageCached } from "./page-ready.ts";
import { pageUncached } from "./page-uncached.ts";
import { findPgbench } from "./pgbench/program.ts";
import { photoCpu } from "./photo-cpu.ts";
import { photoInterference } from "./photo-interference.ts";
import { type Place, withPlace } from "./place.ts";
import { scriptBytes } from "./script-bytes.ts";
import { searchOverhead } from "./search-overhead.ts";
import { searchRecall } from "./search-recall.ts";
import { searchScale } from "./search-scale.ts";
import { settle } from "./settle.ts";
import { statementScale } from "./statement-scale.ts";

export type Bench = Target & { measure(isQuick: boolean): Promise<Measured> };

const higher = (target: number): Target => ({ target, better: "higher", unit: "ratio" });
const lower = (target: number): Target => ({ target, better: "lower", unit: "ratio" });
const inPlace = (work: (place: Place) => Promise<Measured>) => (isQuick: boolean) =>
  withPlace(isQuick, work);
const inMarket = (work: (market: Market) => Promise<Measured>) => (isQuick: boolean) =>
  withMarket(isQuick, work);
const inMarketWithPhotos = (work: (market: Market) => Promise<Measured>) => (isQuick: boolean) =>
  withMarket(isQuick, work, { hasPhotos: true });
/** Says what is missing at once, not after minutes of preparing. */
const besidePgbench = (measure: Bench["measure"]) => async (isQuick: boolean) => {
  findPgbench();
  return measure(isQuick);
};

/** Every figure that can be measured, with what it must reach. One line makes another. */
export const benches: Record<string, Bench> = {
  "order-sql": { ...higher(0.4), measure: besidePgbench(inPlace(orderSql)) },
  "order-http": { ...higher(0.6), measure: besidePgbench(inMarket(orderHttp)) },
  "order-hot": { ...higher(1), measure: besidePgbench(inPlace(orderHot)) },
  "guest-journey": { ...higher(0.03), measure: besidePgbench(inMarket(guestJourney)) },
  settle: { ...higher(1), measure: inMarket(settle) },
  "photo-cpu": { ...lower(2.5), measure: photoCpu },
  "photo-interference": { ...lower(1.5), measure: inMarket(photoInterference) },
  "page-cached": { ...higher(0.9), measure: inMarket(pageCached) },
  "page-304": { ...higher(0.85), measure: inMarket(page304) },
  "page-uncached": { ...higher(0.7), measure: inMarket(pageUncached) },
  "first-paint-bytes": { ...lower(1), measure: inMarketWithPhotos(firstPaintBytes) },
  "page-weight": { ...lower(0.5), measure: inMarketWithPhotos(pageWeight) },
  "script-bytes": { ...lower(1), measure: inMarket(scriptBytes) },
  "lcp-2g": { ...lower(1.25), measure: inMarketWithPhotos(lcp2g) },
  "search-overhead": { ...lower(1.25), measure: inMarket(searchOverhead) },
  "search-scale": { ...lower(1.3), measure: inPlace(searchScale) },
  "search-recall": { ...higher(0.99), measure: inPlace(searchRecall) },
  "coop-day": { ...lower(3), measure: inMarket(coopDay) },
  "import-rows": { ...lower(2), measure: inPlace(importRows) },
  "statement-scale": { ...lower(1.5), measure: inPlace(statementScale) },
};
