import type { Store } from "../store.ts";
import type { Courier } from "../webhooks/courier.ts";

/** What every verb of the stand-in works with. */
export interface Sandbox {
  store: Store;
  courier: Courier;
  stripeKey: string;
  /** What buyers reach the sandbox under, without a trailing slash. */
  publicUrl: string;
  /** The path of `publicUrl`, without a trailing slash; empty at the root. */
  basePath: string;
  /** Unix seconds, as Stripe writes time. */
  now(): number;
}
/** The request that caused a change; events carry it. */
export interface Cause {
  requestId: string | null;
  idempotencyKey: string | null;
}
/** By what an object that is taken over has been known, and since when. */
export interface Past {
  id: string;
  created: number;
}
export const NO_CAUSE: Cause = { requestId: null, idempotencyKey: null };
