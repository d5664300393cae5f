import { AsyncLocalStorage } from "node:async_hooks";

/** From where somebody acts, as far as it is kept; `network` is null where it could not be told. */
export type ActOrigin = {
  /** "203.0.113.0/24", or of IPv6 "2001:db8:12::/48"; never a whole address. */
  network: string | null;
  /** "android chrome", "pc edge", "unknown". */
  device: string;
};

// The server and the built pages each load this file by themselves, and must mean the same one.
const KEY = Symbol.for("tianji.act-origin");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<ActOrigin> };
shared[KEY] ??= new AsyncLocalStorage<ActOrigin>();
const origins = shared[KEY];

/** Whatever `work` writes into the audit log, also later in what it awaits, was done from there. */
export const actingFrom = <T>(origin: ActOrigin, work: () => T): T => origins.run(origin, work);

/** From where the request comes that is answered now; null outside of any: the market itself. */
export const actOrigin = (): ActOrigin | null => origins.getStore() ?? null;
