import type { MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { isChanging, isWebhook } from "./changing.ts";
import { addressOf } from "./client-address.ts";
import { networkOf } from "./limits.ts";
import { refusal } from "./refusal.ts";

type Options = {
  trustProxy: boolean;
  /** Changing requests a minute from one address. A village may share one. */
  perMinute?: number;
  /** Of these, to the pages that send or take a code. */
  signInPerMinute?: number;
  /** Questions for names while somebody types. */
  suggestionsPerMinute?: number;
};

const MINUTE = 60;
const CODES = /^\/sign-in(\/|$)|^\/orders\/[^/]+\/phone$/;
const SUGGESTIONS = "/search/suggestions";

/**
 * Slows down whoever sends too much. Counted in memory, because this is only the first fence and
 * must cost nothing: what must hold over restarts (codes) is counted in the database.
 */
export function requestLimits(options: Options): MiddlewareHandler {
  const { trustProxy, perMinute = 300, signInPerMinute = 30, suggestionsPerMinute = 300 } = options;
  const general = new RateLimiterMemory({ points: perMinute, duration: MINUTE });
  const signIn = new RateLimiterMemory({ points: signInPerMinute, duration: MINUTE });
  const suggestions = new RateLimiterMemory({ points: suggestionsPerMinute, duration: MINUTE });
  return async (c, next) => {
    const isSuggestion = c.req.path === SUGGESTIONS;
    if (!isSuggestion && (!isChanging(c.req) || isWebhook(c.req))) return next();
    const key = networkOf(addressOf(c, trustProxy));
    try {
      if (isSuggestion) await suggestions.consume(key);
      if (isChanging(c.req)) await general.consume(key);
      if (CODES.test(c.req.path)) await signIn.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      return refusal(c, 429, { "Retry-After": String(seconds) });
    }
    return next();
  };
}
