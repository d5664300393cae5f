import type { Store } from "../store.ts";
import { addDelivery, type Delivery, findDelivery } from "./deliveries.ts";
import { type SendResult, sendWebhook } from "./send.ts";
import type { SwitchBoard } from "./switches.ts";

const AT_ONCE = 24;
const MOST_ATTEMPTS = 14;
const LONGEST_WAIT_MS = 10 * 60 * 1000;
const LONGEST_TIMER_MS = 60_000;

export interface Courier {
  switches: SwitchBoard;
  /** Queues the events of one action, in the order they happened, inside the action's transaction. */
  queue(events: { id: string; type: string }[]): void;
  /** Sends what is due. */
  wake(): void;
  redeliver(id: number): Delivery | undefined;
  stop(): Promise<void>;
}

interface Needs {
  store: Store;
  switches: SwitchBoard;
  url: URL | undefined;
  secret: string;
  retryBaseMs: number;
  now: () => number;
}

/** Sends events until they are answered with 2xx; what is not yet sent survives a restart. */
export function startCourier({ store, switches, url, secret, retryBaseMs, now }: Needs): Courier {
  const underWay = new Map<number, Promise<void>>();
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isWaking = false;
  let outcomes: { delivery: Delivery; result: SendResult }[] = [];

  function queue(events: { id: string; type: string }[]) {
    // Transactions never wait, so by then this one has ended.
    if (!isWaking) setImmediate(wake);
    isWaking = true;
    const { duplicate, delayMs, disorder, drop } = switches.state();
    events.forEach((event, index) => {
      for (let copy = 0; copy <= duplicate; copy++) {
        const isDropped = drop > 0 && Math.random() < drop;
        const state = !url ? "unaddressed" : isDropped ? "dropped" : "pending";
        // 120 ms a place lets the later event really arrive first; the random part mixes payments.
        const mixMs = disorder ? (events.length - 1 - index) * 120 + Math.random() * 80 : 0;
        const created_at = now();
        const next_at = state === "pending" ? Math.round(created_at + delayMs + mixMs) : null;
        addDelivery(store, { event: event.id, type: event.type, state, next_at, created_at });
      }
    });
  }

  async function attempt(delivery: Delivery, to: URL) {
    const event = store.first<{ body: string }>(
      "SELECT body FROM objects WHERE id = ?",
      delivery.event,
    );
    if (!event) return;
    const result = await sendWebhook(to, event.body, secret, now(), closing.signal);
    if (closing.signal.aborted) return;
    if (outcomes.length === 0) setImmediate(record);
    outcomes.push({ delivery, result });
  }

  /** Writes down together what ended together: one write to the disk for many webhooks. */
  function record() {
    const ended = outcomes;
    outcomes = [];
    if (ended.length === 0) return;
    store.atomically(() => {
      for (const { delivery, result } of ended) recordOutcome(delivery, result);
    });
    for (const { delivery } of ended) underWay.delete(delivery.id);
    wake();
  }

  function recordOutcome(delivery: Delivery, result: SendResult) {
    const attempts = delivery.attempts + 1;
    const isLast = attempts >= MOST_ATTEMPTS;
    const waitMs = Math.min(retryBaseMs * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    store.run(
      "UPDATE deliveries SET state = ?, attempts = ?, next_at = ?, answer = ?, failure = ?, delivered_at = ? WHERE id = ?",
      result.ok ? "delivered" : isLast ? "failed" : "pending",
      attempts,
      result.ok || isLast ? null : now() + waitMs,
      result.status,
      result.failure,
      result.ok ? now() : null,
      delivery.id,
    );
  }

  function wake() {
    isWaking = false;
    clearTimeout(timer);
    if (closing.signal.aborted || !url) return;
    const due = store.all<Delivery>(
      "SELECT * FROM deliveries WHERE state = 'pending' ORDER BY next_at, id LIMIT ?",
      AT_ONCE + underWay.size + 1,
    );
    for (const delivery of due) {
      if (underWay.has(delivery.id)) continue;
      const waitMs = (delivery.next_at ?? 0) - now();
      if (waitMs > 0) {
        timer = setTimeout(wake, Math.min(waitMs, LONGEST_TIMER_MS));
        timer.unref();
        return;
      }
      if (underWay.size >= AT_ONCE) return;
      underWay.set(delivery.id, attempt(delivery, url));
    }
  }

  return {
    switches,
    queue,
    wake,
    redeliver(id) {
      if (!findDelivery(store, id)) return undefined;
      store.run(
        "UPDATE deliveries SET state = ?, attempts = 0, next_at = ?, failure = NULL WHERE id = ?",
        url ? "pending" : "unaddressed",
        url ? now() : null,
        id,
      );
      wake();
      return findDelivery(store, id);
    },
    async stop() {
      clearTimeout(timer);
      closing.abort();
      await Promise.allSettled(underWay.values());
      record();
    },
  };
}
