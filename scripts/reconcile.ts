import { parseArgs } from "node:util";
import { type Difference, readDifferences } from "#app/domain/reconcile/read-differences.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { settledElsewhere } from "#app/domain/reconcile/settled-elsewhere.ts";
import { createPayments } from "#app/gateways/stripe.ts";
import { formatFen } from "#app/ui/format.ts";
import { createDb, createPool } from "#db/client.ts";
import { type Running, readRunning } from "./start/running.ts";

// npm run reconcile              Stripe's balance against the ledger; exit code 1 on any difference
// npm run reconcile -- --all     asks Stripe for everything anew, not only for the last days
// npm run reconcile -- --grace N judges what is older than N minutes (120): younger is on its way

const A_PAGE = 500;

function leave(line: string): never {
  console.error(line);
  process.exit(1);
}

/** What was set by hand, else where the market that runs on this machine has its services. */
function addresses(): Running {
  const { DATABASE_URL, STRIPE_SECRET_KEY, STRIPE_API_URL } = process.env;
  const running = readRunning();
  if (STRIPE_SECRET_KEY) {
    return {
      DATABASE_URL: DATABASE_URL || running.DATABASE_URL,
      STRIPE_SECRET_KEY,
      STRIPE_API_URL,
    };
  }
  // The running market's sandbox knows of that market's payments, and of no other's.
  const isAnother = DATABASE_URL && DATABASE_URL !== running.DATABASE_URL;
  return isAnother ? { DATABASE_URL } : running;
}

function readGrace(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) return leave("--grace wants whole minutes, 0 or more.");
  return Number(text);
}

const amount = (fen: number | null, currency: string | null) =>
  fen === null
    ? "nothing"
    : currency === "cny"
      ? formatFen(fen)
      : `${fen} ${currency?.toUpperCase()}`;

function inWords(found: Difference): string {
  const about = [
    found.happenedAt.toISOString(),
    found.orderNumber,
    found.isFee ? "fee" : found.category,
    found.stripeObjectId,
    found.stripeTransactionId,
    found.ledgerTransactionId && `ledger ${found.ledgerTransactionId} (${found.ledgerKind})`,
    found.stampedAheadAt &&
      `its entry is stamped ${found.stampedAheadAt.toISOString()}, later than now`,
  ];
  const words = {
    "at-stripe-only": "at Stripe, not in the ledger",
    "in-ledger-only": "in the ledger, not at Stripe",
    "amounts-differ": "amounts differ",
    "posted-twice": `posted ${found.ledgerCount} times`,
    "settled-elsewhere": settledElsewhere(found.stripeCurrency ?? ""),
  };
  const stripe = amount(found.stripeFen, found.stripeCurrency);
  const ledger = amount(found.ledgerFen, found.ledgerCurrency);
  return `✗ ${words[found.kind]}: Stripe ${stripe}, ledger ${ledger} · ${about.filter(Boolean).join(" · ")}`;
}

let asked: { all?: boolean; grace?: string };
try {
  const options = { all: { type: "boolean" }, grace: { type: "string" } } as const;
  asked = parseArgs({ options }).values;
} catch (error) {
  leave(error instanceof Error ? error.message : String(error));
}
const graceMinutes = readGrace(asked.grace);
const { DATABASE_URL, STRIPE_SECRET_KEY, STRIPE_API_URL } = addresses();
if (!DATABASE_URL) {
  leave("No database to read: set DATABASE_URL, or run this while `npm start` is up.");
}
if (!STRIPE_SECRET_KEY) {
  leave(
    "No Stripe to ask: set STRIPE_SECRET_KEY as the market has it, or run this beside a sandbox.",
  );
}
const db = createDb(createPool(DATABASE_URL, 2));
const payments = createPayments({
  secretKey: STRIPE_SECRET_KEY,
  apiUrl: STRIPE_API_URL || undefined,
  webhookSecrets: [],
});
try {
  const reconciled = await reconcile(db, payments, { all: asked.all, graceMinutes });
  if (!reconciled.ok) throw new Error("Stripe cannot be reached, or refuses the key");
  const { id, differenceCount, inFlightCount, booked } = reconciled;
  for (let after = 0; ; ) {
    const page = await readDifferences(db, { reconciliationId: id, after, limit: A_PAGE });
    for (const difference of page) console.log(inWords(difference));
    after = page.at(-1)?.place ?? 0;
    if (page.length < A_PAGE) break;
  }
  const run = await db
    .selectFrom("reconciliations")
    .select(["movement_count", "stripe_fen", "ledger_fen"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  console.log(
    `${run.movement_count} lines of Stripe's balance read, ${booked} fees and payouts posted, ${inFlightCount} movements on their way`,
  );
  console.log(
    `Stripe holds ${amount(run.stripe_fen, "cny")}, the ledger says ${amount(run.ledger_fen, "cny")}`,
  );
  if (differenceCount > 0) process.exitCode = 1;
  console.log(
    differenceCount === 0
      ? `✓ Stripe and the ledger agree${inFlightCount > 0 ? ", but for what is on its way" : ""}`
      : `✗ ${differenceCount} differences`,
  );
} catch (error) {
  console.error(`Reconciling stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await db.destroy();
}
