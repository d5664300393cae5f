import { z } from "zod";
import type { Store } from "../store.ts";

/** How badly the outside behaves. All off is a good day. */
export const Switches = z.strictObject({
  /** Extra copies of each webhook; true is one. */
  duplicate: z.preprocess(
    (value) => (typeof value === "boolean" ? Number(value) : value),
    z.number().int().min(0).max(10),
  ),
  /** How long each webhook waits before it is first sent. */
  delayMs: z.number().int().min(0).max(86_400_000),
  /** The events of one payment arrive last first, and mixed with those of others. */
  disorder: z.boolean(),
  /** The share of webhooks that is never sent by itself, 0 to 1; true is all. */
  drop: z.preprocess(
    (value) => (typeof value === "boolean" ? Number(value) : value),
    z.number().min(0).max(1),
  ),
  /** Payments complete unpaid, and succeed or fail only after `asyncDelayMs`. */
  asyncPayment: z.enum(["off", "succeed", "fail"]),
  asyncDelayMs: z.number().int().min(0).max(86_400_000),
  /** How long each call of the Stripe API takes. */
  apiDelayMs: z.number().int().min(0).max(60_000),
  /** So many of the next keys that come to the Stripe API meet with an error of its own. */
  apiErrors: z.number().int().min(0).max(1_000),
});
export type SwitchState = z.infer<typeof Switches>;

const ALL_OFF: SwitchState = {
  duplicate: 0,
  delayMs: 0,
  disorder: false,
  drop: 0,
  asyncPayment: "off",
  asyncDelayMs: 2000,
  apiDelayMs: 0,
  apiErrors: 0,
};

export interface SwitchBoard {
  state(): SwitchState;
  /** Sets what is named and leaves the rest; the new state, or what is wrong with the request. */
  set(change: unknown): { ok: true; state: SwitchState } | { ok: false; problem: string };
}

export function openSwitches(store: Store): SwitchBoard {
  const kept = store.first<{ value: string }>("SELECT value FROM switches WHERE name = 'all'");
  let current: SwitchState = kept ? { ...ALL_OFF, ...JSON.parse(kept.value) } : ALL_OFF;
  return {
    state: () => current,
    set(change) {
      const parsed = Switches.partial().safeParse(change);
      if (!parsed.success) return { ok: false, problem: z.prettifyError(parsed.error) };
      current = { ...current, ...parsed.data };
      store.run("INSERT OR REPLACE INTO switches VALUES ('all', ?)", JSON.stringify(current));
      return { ok: true, state: current };
    },
  };
}
