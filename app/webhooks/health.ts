import type { LoaderFunctionArgs } from "@remix-run/node";
import { readSignsOfLife } from "#app/domain/health/read-signs-of-life.ts";
import type { RequestContext } from "#app/load-context.ts";

type State = "up" | "down";
type Health = {
  status: "ok" | "degraded" | "down";
  database: State;
  /** "degraded": Meilisearch is away and PostgreSQL answers instead. */
  search: State | "degraded";
  payments: State;
  /** "unknown": its heart beats into the database, which gave no answer. */
  worker: State | "unknown";
};

const CACHED_MS = 1_000;
/** Stripe counts requests; whether it can be reached does not change with every look. */
const PAYMENTS_CACHED_MS = 5_000;
const PATIENCE_MS = 2_000;

type Parts = Pick<RequestContext, "db" | "search" | "payments">;
type Remembered<Value> = { at: number; value: Promise<Value> } | null;

let health: Remembered<Health> = null;
let payments: Remembered<State> = null;

/** An answer that takes too long is none (null), and why it failed is nobody's business here. */
function heard<Value>(answer: Promise<Value>): Promise<Value | null> {
  const silence = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS).unref();
  });
  return Promise.race([answer.catch(() => null), silence]);
}

const within = async (answer: Promise<boolean>) => (await heard(answer)) ?? false;

const stateOf = (isUp: boolean): State => (isUp ? "up" : "down");

async function searchState(search: Parts["search"]): Promise<Health["search"]> {
  const [isUp, leads] = await Promise.all([
    within(search.healthy()),
    search.leads ? within(search.leads()) : true,
  ]);
  if (isUp) return leads ? "up" : "degraded";
  return leads && search.leads ? "degraded" : "down";
}

async function look(parts: Parts, now: number): Promise<Health> {
  if (!payments || now - payments.at > PAYMENTS_CACHED_MS) {
    payments = { at: now, value: within(parts.payments.healthy()).then(stateOf) };
  }
  const [life, search, paying] = await Promise.all([
    heard(readSignsOfLife(parts.db)),
    searchState(parts.search),
    payments.value,
  ]);
  const database = stateOf(life !== null);
  const worker = life ? stateOf(life.isWorkerAlive) : "unknown";
  const isWell = worker === "up" && search === "up" && paying === "up";
  const status = database === "down" ? "down" : isWell ? "ok" : "degraded";
  return { status, database, search, payments: paying, worker };
}

/**
 * GET /health: the state of the parts, for whoever restarts or alarms. 503 only when no page can be
 * served; without search, payments or worker people can still look around, so that is `degraded`.
 * An answer is at most a second old, but for that of payments, which says its age.
 */
export async function loader({ context }: LoaderFunctionArgs) {
  const now = Date.now();
  if (!health || now - health.at > CACHED_MS) health = { at: now, value: look(context, now) };
  const seen = await health.value;
  const paymentsAskedSecondsAgo = Math.floor((now - (payments?.at ?? now)) / 1000);
  return Response.json(
    { ...seen, paymentsAskedSecondsAgo },
    {
      status: seen.status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    },
  );
}
