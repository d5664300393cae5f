import { timingSafeEqual } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type Context, Hono } from "hono";
import Stripe from "stripe";
import { ENDPOINTS } from "./endpoints.ts";
import { StripeRefusal } from "./errors.ts";
import { parseForm } from "./form.ts";
import { type Answer, once } from "./idempotency.ts";
import { newId } from "./ids.ts";
import type { Sandbox } from "./sandbox.ts";

/** The part of Stripe's API that we call, at /v1. */
export function stripeApi(sandbox: Sandbox): Hono {
  const underWay = new Set<string>();
  const api = new Hono();
  for (const endpoint of ENDPOINTS)
    api.on(endpoint.method, endpoint.path, (c) =>
      answer(c, sandbox, async (requestId) => {
        const isPost = endpoint.method === "POST";
        const raw = isPost ? await readBody(c) : (c.req.raw.url.split("?")[1] ?? "");
        const key = (isPost && c.req.header("idempotency-key")) || null;
        const { path } = c.req;
        const id = c.req.param("id") ?? "";
        const { apiDelayMs: delayMs } = sandbox.courier.switches.state();
        const work = () =>
          run(requestId, () => {
            const cause = { requestId, idempotencyKey: key };
            const answered = () => endpoint.run(sandbox, { id, form: parseForm(raw), path, cause });
            // A refusal undoes what was begun, even where the refusal itself is remembered.
            return isPost ? sandbox.store.atomically(answered) : answered();
          });
        if (key) {
          const request = { key, path, body: raw, delayMs };
          const tried = () => failing(sandbox, requestId) ?? work();
          return once(sandbox.store, underWay, sandbox.now(), request, tried);
        }
        if (delayMs > 0) await setTimeout(delayMs);
        return work();
      }),
    );
  api.all("/v1/*", (c) =>
    answer(c, sandbox, async () => {
      throw new StripeRefusal(
        `Unrecognized request URL (${c.req.method}: ${c.req.path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/. (The payment sandbox answers only what this market calls.)`,
        { status: 404 },
      );
    }),
  );
  return api;
}

/** An error of Stripe's own, kept under its key as any answer: docs.stripe.com/api/idempotent_requests. */
function failing(sandbox: Sandbox, requestId: string): (Answer & { isRemembered: true }) | null {
  const { switches } = sandbox.courier;
  const { apiErrors } = switches.state();
  if (apiErrors === 0) return null;
  switches.set({ apiErrors: apiErrors - 1 });
  const refusal = new StripeRefusal("An unknown error occurred", {
    status: 500,
    type: "api_error",
  });
  return { status: 500, body: refusal.body(requestId), requestId, isRemembered: true };
}

/** A refusal is an answer too; only bugs are thrown further. */
function run(requestId: string, work: () => object): Answer & { isRemembered: boolean } {
  try {
    return { status: 200, body: JSON.stringify(work()), requestId, isRemembered: true };
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    const isRemembered = error.details.isRemembered ?? false;
    return { status: error.status, body: error.body(requestId), requestId, isRemembered };
  }
}

async function answer(
  c: Context,
  sandbox: Sandbox,
  work: (requestId: string) => Promise<Answer>,
): Promise<Response> {
  const requestId = newId.request();
  let result: Answer;
  try {
    checkKey(c.req.header("authorization"), sandbox.stripeKey);
    checkVersion(c.req.header("stripe-version"));
    result = await work(requestId);
  } catch (error) {
    const refusal = error instanceof StripeRefusal ? error : broken(error);
    result = { status: refusal.status, body: refusal.body(requestId), requestId };
  }
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "request-id": requestId,
    "stripe-version": Stripe.API_VERSION,
  };
  const key = c.req.header("idempotency-key");
  if (key) headers["idempotency-key"] = key;
  if (result.isReplay) {
    headers["idempotent-replayed"] = "true";
    headers["original-request"] = result.requestId;
  }
  return new Response(result.body, { status: result.status, headers });
}

async function readBody(c: Context): Promise<string> {
  const body = await c.req.text();
  const type = c.req.header("content-type") ?? "";
  if (body !== "" && !type.startsWith("application/x-www-form-urlencoded"))
    throw new StripeRefusal(
      `Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.`,
    );
  return body;
}

function checkKey(authorization: string | undefined, expected: string) {
  const given = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (!given)
    throw new StripeRefusal(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      { status: 401 },
    );
  if (isSame(given, expected)) return;
  const hidden = `${given.slice(0, 8)}${"*".repeat(Math.max(given.length - 12, 0))}${given.slice(-4)}`;
  throw new StripeRefusal(`Invalid API Key provided: ${hidden}`, { status: 401 });
}

/** Compares without telling by its time how much was right. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Objects have the shape of one version only; a caller that pins another would misread them. */
function checkVersion(version: string | undefined) {
  if (version && version !== Stripe.API_VERSION)
    throw new StripeRefusal(
      `Invalid Stripe API version: ${version}. The payment sandbox speaks ${Stripe.API_VERSION} only.`,
    );
}

function broken(error: unknown): StripeRefusal {
  console.error("payment sandbox:", error);
  return new StripeRefusal("The payment sandbox broke; its log says where.", {
    status: 500,
    type: "api_error",
  });
}
