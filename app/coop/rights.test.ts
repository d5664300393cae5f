import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CoopRole, coopRightsOf, coopRoles } from "#app/domain/people/coop-rights.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { makeCooperative } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { coopRoutes } from "./routes.ts";

/** Which right each page and form of a cooperative asks for; none but to work there: null. */
const ASKED: Record<string, string | null> = {
  "": null,
  parcels: "pack",
  "parcels/chosen": "pack",
  "parcels/chosen/shipment": "pack",
  "parcels/:parcelId": "pack",
  "parcels/:parcelId/acceptance": "pack",
  "parcels/:parcelId/ticks": "pack",
  "parcels/:parcelId/shortages": "pack",
  "parcels/:parcelId/weights": "pack",
  "parcels/:parcelId/substitute": "pack",
  "parcels/:parcelId/substitutions/:substitutionId/withdrawal": "pack",
  "parcels/:parcelId/split": "pack",
  "parcels/:parcelId/packing": "pack",
  "parcels/:parcelId/shipment": "pack",
  "parcels/:parcelId/correction": "pack",
  "parcels/:parcelId/delivery": "pack",
  "parcels/:parcelId/cancellation": "sell",
  "parcels/:parcelId/refunds": "sell",
  scan: "pack",
  tracking: "pack",
  "tracking/parcels.csv": "pack",
  "tracking/:fileId": "pack",
  "tracking/:fileId/wrong.csv": "pack",
  "packing-list": "pack",
  claims: "sell",
  "claims/:claimId": "sell",
  "claims/:claimId/fault": "sell",
  "claims/:claimId/photos/:photoId": "sell",
  "packing-list/labels": "pack",
  "packing-list/labels/a4": "pack",
  intake: "pack",
  "intake/offline": "pack",
  "intake/kept": "pack",
  "intake/sw.js": "pack",
  "intake/days": "pack",
  "intake/cards": "pack",
  "intake/photos/:photoId": "pack",
  "intake/:weighInId": "pack",
  "intake/:weighInId/slip": "pack",
  stock: "sell",
  "stock/:lotId": "sell",
  pools: "sell",
  "pools/new": "sell",
  "pools/:poolId": "sell",
  "pools/:poolId/price": "sell",
  listings: "sell",
  "listings/new": "sell",
  "listings/new/:householdId/:like?": "sell",
  "listings/chosen": "sell",
  "listings/:id": "sell",
  "listings/:id/edit": "sell",
  "listings/:id/mend": "sell",
  "listings/:id/restock": "sell",
  "listings/:id/sell-out": "sell",
  "listings/:id/history": "sell",
  "listings/:id/certificates": "sell",
  "listings/:id/certificates/:certificateId/removal": "sell",
  "listings/:id/pause": "sell",
  "listings/:id/resumption": "sell",
  "listings/:id/withdrawal": "sell",
  "listings/:id/any-time": "sell",
  cycles: "pack",
  "cycles/new": "sell",
  "cycles/:cycleId": "sell",
  "cycles/:cycleId/edit": "sell",
  "cycles/:cycleId/closing": "sell",
  "cycles/:cycleId/calling-off": "sell",
  "cycles/:cycleId/run": "pack",
  "cycles/:cycleId/run.csv": "pack",
  "cycles/:cycleId/notes": "sell",
  reviews: "sell",
  "reviews/:reviewId": "sell",
  freight: "sell",
  imports: "sell",
  "imports/listings.csv": "sell",
  "imports/:importId": "sell",
  "imports/:importId/wrong.csv": "sell",
  households: "people",
  "households/applications/:applicationId": "people",
  "households/moves": "people",
  "households/:householdId": "people",
  "households/:householdId/bank": "money",
  audit: "people",
  "audit/acts.csv": "people",
  people: "people",
  "people/invitations/:invitationId/withdrawal": "people",
  "people/:memberId": "people",
  "reports/sales": "money",
  "reports/sales/:format": "money",
  "reports/packing": "pack",
  "reports/packing/:format": "pack",
  "reports/payouts": "money",
  "reports/payouts/:format": "money",
  "reports/claims": "sell",
  "reports/claims/:format": "sell",
  "reports/quiet": "sell",
  "reports/quiet/:format": "sell",
  statement: "money",
  "statement/:format": "money",
  "statement/entries/:transactionId/proof": "money",
  reserve: "money",
  "reserve/:moveId": "money",
  payouts: "money",
  "payouts/day": "money",
  "payouts/account": "money",
  "payouts/answers": "money",
  "payouts/answers/:answersId": "money",
  "payouts/:runId": "money",
  "payouts/:runId/bank-file.csv": "money",
  "payouts/:runId/pain.001.xml": "money",
  "payouts/:runId/confirmation": "money",
  "payouts/:runId/cancellation": "money",
  "payouts/:runId/reversal": "money",
  "payouts/:runId/reversal/approval": "money",
  "payouts/:runId/reversal/withdrawal": "money",
  "payouts/:runId/items/:payoutId/bounce": "money",
};

const routes = coopRoutes.map(({ path = "coop", file }) => ({
  path: path.replace(/^coop\/?/, ""),
  file,
}));
const APP = join(import.meta.dirname, "..");
const PARAMS = [
  "parcelId",
  "householdId",
  "id",
  "invitationId",
  "memberId",
  "runId",
  "answersId",
  "payoutId",
  "reviewId",
  "claimId",
  "photoId",
  "applicationId",
  "substitutionId",
  "weighInId",
  "lotId",
  "fileId",
  "importId",
  "cycleId",
  "format",
  "transactionId",
  "moveId",
];

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
const headersOf = new Map<CoopRole | "stranger" | "nobody", Headers>();
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
  const { id: cooperative_id } = await makeCooperative(database.db);
  for (const role of coopRoles) {
    const { userId: user_id, headers } = await signIn.signIn(signIn.nextPhone());
    const member = { id: uuidv7(), cooperative_id, user_id, role };
    await database.db.insertInto("cooperative_members").values(member).execute();
    headersOf.set(role, headers);
  }
  headersOf.set("stranger", (await signIn.signIn(signIn.nextPhone())).headers);
  headersOf.set("nobody", new Headers());
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

test("every address of a cooperative says which right it asks for", () => {
  expect(routes.map(({ path }) => path).sort()).toEqual(Object.keys(ASKED).sort());
});

type Door = (args: ActionFunctionArgs) => unknown;

/** The status that somebody gets at a door, whichever parcel, run or household she names. */
async function statusAt(door: Door, method: "GET" | "POST", headers: Headers): Promise<number> {
  const body = method === "POST" ? new URLSearchParams({ nothing: "right" }) : undefined;
  const request = new Request("http://market.test/coop", { method, headers, body });
  const openSpill = () => spillInFolder(tmpdir());
  const context = { db: database.db, auth: signIn.auth, locale: "zh", openSpill };
  const params = Object.fromEntries(PARAMS.map((name) => [name, uuidv7()]));
  try {
    const answer = await door({ request, context, params } as unknown as ActionFunctionArgs);
    return answer instanceof Response ? answer.status : 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    throw thrown;
  }
}

describe.each(routes)("/coop/$path", ({ path, file }) => {
  test("is open to the roles that have its right, and to nobody else", async () => {
    const module = (await import(join(APP, file))) as Record<string, Door | undefined>;
    const { loader, action } = module;
    const right = ASKED[path];
    const may = (role: CoopRole) =>
      right === null || coopRightsOf[role].some((hers) => hers === right);
    // A form that stands on another page leads whoever opens its address there.
    const isForm = action && !module.default;
    if (isForm) expect(await statusAt(loader as Door, "GET", new Headers())).toBe(303);
    const doors = [
      ...(loader && !isForm ? [["GET", loader] as const] : []),
      ...(action ? [["POST", action] as const] : []),
    ];
    expect(doors.length).toBeGreaterThan(0);
    for (const [method, door] of doors) {
      for (const role of coopRoles) {
        const status = await statusAt(door, method, headersOf.get(role) as Headers);
        if (may(role)) expect(status, `${method} by a ${role}`).not.toBe(403);
        else expect(status, `${method} by a ${role}`).toBe(403);
      }
      expect(await statusAt(door, method, headersOf.get("stranger") as Headers)).toBe(403);
      const signedOut = await statusAt(door, method, headersOf.get("nobody") as Headers);
      expect(signedOut).toBe(method === "GET" ? 303 : 401);
    }
  });
});
