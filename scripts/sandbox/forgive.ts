import type { Pool } from "pg";
import { createLimits, limitNames, networkOf } from "#app/security/limits.ts";

export type Forgive = (who: { phone: string; address: string }) => Promise<void>;

/** Forgets all limits of a number and an address: a demonstration signs in as often as one taps. */
export function createForgive(keeping: { pool: Pool; secret: string }): Forgive {
  const limits = createLimits(keeping);
  return async ({ phone, address }) => {
    const network = networkOf(address);
    for (const name of limitNames) {
      for (const key of [phone, network, `${phone}:${network}`]) await limits.forget(name, key);
    }
  };
}
