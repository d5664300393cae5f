import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** A database whose user is killed once it has committed so many transactions. */
export function killedAfter(db: Kysely<DB>, transactions: number): Kysely<DB> {
  let left = transactions;
  return new Proxy(db, {
    get(target, name) {
      if (name === "transaction" && left-- <= 0) throw new Error("killed");
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
