import type { Measured, Target } from "./figures.ts";
import { orderSql } from "./order-sql.ts";
import { type Place, withPlace } from "./place.ts";

export type Bench = Target & { measure(isQuick: boolean): Promise<Measured> };

const higher = (target: number): Target => ({ target, better: "higher", unit: "ratio" });
const inPlace = (work: (place: Place) => Promise<Measured>) => (isQuick: boolean) =>
  withPlace(isQuick, work);

/** Every figure that can be measured, with what it must reach. One line makes another. */
export const benches: Record<string, Bench> = {
  "order-sql": { ...higher(0.4), measure: inPlace(orderSql) },
};
