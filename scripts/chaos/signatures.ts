import type { ActionFunctionArgs } from "@remix-run/node";
import { sql } from "kysely";
import pino from "pino";
import { createPayments } from "#app/gateways/stripe.ts";
import { action } from "#app/webhooks/stripe.ts";
import { Random } from "#db/seed/random.ts";
import type { Found, Ground } from "./ground.ts";
import { falseKinds, type Letter, trueKinds } from "./signatures/letters.ts";

const FULL = 1_000;
const SECRETS = ["whsec_new_one", "whsec_old_one"];

/**
 * 1,000 webhooks, half of them true and half changed in body, header, secret or age, sent to the
 * route as they would come: none that is false may be taken, none that is true refused.
 */
export async function signatures(ground: Ground): Promise<Found> {
  const { db } = await ground.openDatabase();
  const payments = createPayments({ secretKey: "sk_test_chaos", webhookSecrets: SECRETS });
  const context = { db, payments, log: pino({ level: "silent" }) };
  const random = new Random(ground.size.seed);
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  const counts = { true: 0, false: 0 };
  const sent: { id: string; kind: string; isTrue: boolean; status: number }[] = [];
  const cases = ground.count(FULL, FULL);
  const kinds = [trueKinds, falseKinds].map((each) => Object.entries(each));
  for (let index = 0; index < cases; index++) {
    const isTrue = index % 2 === 0;
    const [all] = isTrue ? kinds : kinds.toReversed();
    const [kind, make] = random.pick(all ?? []);
    counts[isTrue ? "true" : "false"] += 1;
    const id = `evt_chaos_${index}`;
    const letter = make({ id, random, secrets: SECRETS, now: Math.floor(Date.now() / 1000) });
    sent.push({ id, kind, isTrue, status: await send(letter, context) });
  }
  const { rows } = await sql<{ id: string }>`select event_id as id from stripe_events`.execute(db);
  const kept = new Set(rows.map((row) => row.id));
  for (const { id, kind, isTrue, status } of sent) {
    const isKept = kept.has(id);
    if (isTrue ? status === 200 && isKept : status === 400 && !isKept) found.passed += 1;
    else {
      found.failed += 1;
      found.deviations.push(`${kind}: answered ${status}, ${isKept ? "" : "not "}kept (${id})`);
    }
  }
  const kindsTried = Object.keys(trueKinds).length + Object.keys(falseKinds).length;
  return { ...found, detail: { cases, ...counts, kinds: kindsTried, fullSize: FULL } };
}

async function send({ body, header }: Letter, context: object): Promise<number> {
  const headers: Record<string, string> = header === null ? {} : { "stripe-signature": header };
  const url = "http://market.example/webhooks/stripe";
  const request = new Request(url, { method: "POST", headers, body: new Uint8Array(body) });
  const answer = await action({ request, context, params: {} } as unknown as ActionFunctionArgs);
  return answer.status;
}
