import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often, in how many seconds. Villages share addresses, so those limits are wide; the others'
 * reasons stand in code-limits.ts and report-limits.ts.
 */
const rules = {
  "code-asker-minute": [1, MINUTE],
  "code-network-hour": [4, HOUR],
  "code-network-day": [6, DAY],
  "code-number-day": [10, DAY],
  "code-known-hour": [5, HOUR],
  "code-known-day": [10, DAY],
  "code-address-hour": [40, HOUR],
  "code-address-day": [200, DAY],
  "try-address-hour": [100, HOUR],
  "report-network-hour": [20, HOUR],
  "report-network-day": [60, DAY],
} as const satisfies Record<string, readonly [points: number, seconds: number]>;

export type LimitName = keyof typeof rules;
export const limitNames = Object.keys(rules) as LimitName[];
export type Allowed = { ok: true } | { ok: false; retryAfterSeconds: number };

export type Limits = {
  /** Counts one use of `key`; refused when there were too many before. */
  use(name: LimitName, key: string): Promise<Allowed>;
  /** Forgets all uses of `key`. */
  forget(name: LimitName, key: string): Promise<void>;
};

/** One IPv6 customer has a whole /64; an IPv4 address in IPv6 dress is that IPv4 address. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4) return v4;
  const bare = address.split("%")[0] ?? "";
  if (!isIPv6(bare)) return address;
  const [head = "", tail] = bare.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill("0"), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/**
 * Limits that hold over restarts and for several servers on one database. A key is kept as a
 * keyed hash: the table names neither a phone nor an address.
 */
export function createLimits({ pool, secret }: { pool: Pool; secret: string }): Limits {
  const limiterOf = (name: LimitName) => {
    const [points, duration] = rules[name];
    return new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      schemaName: "auth",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: name,
      points,
      duration,
    });
  };
  const limiters = new Map(limitNames.map((name) => [name, limiterOf(name)]));
  const find = (name: LimitName) => limiters.get(name) ?? limiterOf(name);
  const hide = (key: string) =>
    createHmac("sha256", secret).update(`limit:${key}`).digest("base64url").slice(0, 32);

  return {
    async use(name, key) {
      try {
        await find(name).consume(hide(key));
        return { ok: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return {
          ok: false,
          retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
        };
      }
    },
    async forget(name, key) {
      await find(name).delete(hide(key));
    },
  };
}
