/** From where somebody acts, as far as it is kept; `network` is null where it could not be told. */
export type ActOrigin = {
  /** "203.0.113.0/24", or of IPv6 "2001:db8:12::/48"; never a whole address. */
  network: string | null;
  /** "android chrome", "pc edge", "unknown". */
  device: string;
};

/**
 * Where the server keeps the origin of each request (security/acting-from.ts). The server and the built
 * pages each load this file by themselves and must mean the same; and browsers are built of it too, which
 * have no such thing.
 */
export const originKey: unique symbol = Symbol.for("tianji.act-origin") as never;

type Kept = { [originKey]?: { getStore(): ActOrigin | undefined } };

/** From where the request comes that is answered now; null outside of any: the market itself. */
export const actOrigin = (): ActOrigin | null =>
  (globalThis as Kept)[originKey]?.getStore() ?? null;
