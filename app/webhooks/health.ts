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
  worker: State;
};

const CACHED_MS = 1_000;
/** Stripe counts requests; whether it can be reached does not change with every look. */
const PAYMENTS_CACHED_MS = 15_000;
const PATIENCE_MS = 2_000;

type Parts = Pick<RequestContext, "db" | "search" | "payments">;
type Remembered<Value> = { at: number; value: Promise<Value> } | null;

let health: Remembered<Health> = null;
let payments: Remembered<State> = null;

/** An answer that takes too long is no answer, and why it failed is nobody's business here. */
function within(answer: Promise<boolean>): Promise<boolean> {
  const silence = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE_MS).unref();
  });
  return Promise.race([answer.catch(() => false), silence]);
}

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
  const life = readSignsOfLife(parts.db);
  const [database, worker, search, paying] = await Promise.all([
    within(life.then(() => true)).then(stateOf),
    within(life.then(({ isWorkerAlive }) => isWorkerAlive)).then(stateOf),
    searchState(parts.search),
    payments.value,
  ]);
  const isWell = worker === "up" && search === "up" && paying === "up";
  const status = database === "down" ? "down" : isWell ? "ok" : "degraded";
  return { status, database, search, payments: paying, worker };
}

/**
 * GET /health: the state of the parts, for whoever restarts or alarms. 503 only when no page can be
 * served; without search, payments or worker people can still look around, so that is `degraded`.
 */
export async function loader({ context }: LoaderFunctionArgs) {
  const now = Date.now();
  if (!health || now - health.at > CACHED_MS) health = { at: now, value: look(context, now) };
  const seen = await health.value;
  return Response.json(seen, {
    status: seen.status === "down" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}
