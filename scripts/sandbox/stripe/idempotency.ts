import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Store } from "../store.ts";
import { StripeRefusal } from "./errors.ts";

/** An answer as it goes over the wire. */
export interface Answer {
  status: number;
  body: string;
  requestId: string;
  isReplay?: boolean;
}

const LONGEST_KEY = 255;
const KEPT_SECONDS = 24 * 60 * 60;

interface Request {
  key: string;
  path: string;
  body: string;
  delayMs: number;
}

/** The rules of docs.stripe.com/api/idempotent_requests around one POST. */
export async function once(
  store: Store,
  underWay: Set<string>,
  now: number,
  request: Request,
  work: () => Answer & { isRemembered: boolean },
): Promise<Answer> {
  const { key } = request;
  if (key.length > LONGEST_KEY)
    throw new StripeRefusal(`Idempotency keys can be at most ${LONGEST_KEY} characters long.`, {
      type: "idempotency_error",
    });
  if (underWay.has(key))
    throw new StripeRefusal(
      `There is currently another in-progress request using this Stripe Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
      { status: 409, type: "idempotency_error", code: "idempotency_key_in_use" },
    );
  const fingerprint = fingerprintOf(request);
  const known = remembered(store, key, now);
  if (known && known.fingerprint !== fingerprint)
    throw new StripeRefusal(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: "idempotency_error" },
    );
  if (known)
    return { status: known.status, body: known.body, requestId: known.request_id, isReplay: true };
  underWay.add(key);
  try {
    if (request.delayMs > 0) await setTimeout(request.delayMs);
    // What was done and the memory of it are written together, or a crash could do it twice.
    return store.atomically(() => {
      const answer = work();
      if (answer.isRemembered)
        store.run(
          "INSERT OR REPLACE INTO idempotency (key, fingerprint, status, body, request_id, created) VALUES (?, ?, ?, ?, ?, ?)",
          key,
          fingerprint,
          answer.status,
          answer.body,
          answer.requestId,
          now,
        );
      return answer;
    });
  } finally {
    underWay.delete(key);
  }
}

function fingerprintOf({ path, body }: Request): string {
  const parameters = new URLSearchParams(body);
  parameters.sort();
  return createHash("sha256").update(`${path}\n${parameters}`).digest("hex");
}

function remembered(store: Store, key: string, now: number) {
  return store.first<{ fingerprint: string; status: number; body: string; request_id: string }>(
    "SELECT fingerprint, status, body, request_id FROM idempotency WHERE key = ? AND created > ?",
    key,
    now - KEPT_SECONDS,
  );
}
