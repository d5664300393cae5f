import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { weighIn } from "#app/domain/intake/weigh-in.ts";
import { makeApplication } from "#tests/factories/joining.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as assign } from "./claims/fault.ts";
import { action as answer } from "./claims/page.tsx";
import { action as decide } from "./households/application.tsx";
import { action as removePhone } from "./households/household.tsx";
import { action as correctWeighIn } from "./intake/weigh-in.tsx";
import { action as edit } from "./listings/edit.tsx";
import { action as mend } from "./listings/mend.tsx";
import { action as list } from "./listings/offer.tsx";
import { action as pause } from "./listings/pause.ts";
import { action as restock } from "./listings/restock.tsx";
import { action as resume } from "./listings/resumption.ts";
import { action as sellOut } from "./listings/sell-out.ts";
import { action as withdraw } from "./listings/withdrawal.ts";
import { action as cancel } from "./packing/cancellation.tsx";
import { action as correct } from "./packing/correction.tsx";
import { action as ship } from "./packing/shipment.tsx";
import { action as takeAnswers } from "./payouts/answers/show.tsx";
import { action as bounce } from "./payouts/bounce.ts";
import { action as refund } from "./refunds/page.tsx";
import { action as correctLot } from "./stock/lot.tsx";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
let headers: Headers;
let parcelId: string;
let householdId: string;
let listingId: string;
let claimId: string;
let applicationId: string;
let weighInId: string;
let lotId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  signIn = makeSignIn(database.url);
  const hers = await makeCooperative(db);
  const manager = await signIn.signIn(signIn.nextPhone());
  headers = manager.headers;
  const member = { id: uuidv7(), cooperative_id: hers.id, user_id: manager.userId };
  await db
    .insertInto("cooperative_members")
    .values({ ...member, role: "manager" })
    .execute();
  const household = await makeHousehold(db);
  householdId = household.id;
  const listing = await makeListing(db, { lots: [{ household, quantity: 10 }] });
  listingId = listing.id;
  lotId = listing.lotIds[0] ?? "";
  const order = await makePaidOrder(db, [[household]]);
  parcelId = order.parcels[0]?.id ?? "";
  claimId = uuidv7();
  const claim = { id: claimId, order_id: order.id, parcel_id: parcelId, client_key: uuidv7() };
  const now = new Date();
  await db
    .insertInto("claims")
    .values({
      ...{ ...claim, cooperative_id: household.cooperativeId, asked_fen: 100 },
      ...{ due_at: now, sent_at: now },
    })
    .execute();
  const theirs = coopScope({ userId: "packer", cooperativeId: household.cooperativeId });
  const weighed = await weighIn(db, theirs, {
    ...{ householdId, categoryCode: "apple", grade: "first", clientKey: uuidv7() },
    ...{ grossGrams: 2_000, tareGrams: 0 },
  });
  weighInId = weighed.ok ? weighed.weighInId : "";
  ({ applicationId } = await makeApplication(db, household.cooperativeId));
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

test.each([
  ["cancels a parcel", cancel],
  ["ships a parcel", ship],
  ["corrects a shipment", correct],
  ["refunds a parcel", refund],
  ["sends a payout back", bounce],
  ["takes a bank's answers", takeAnswers],
  ["answers a claim", answer],
  ["takes the fault of a claim", assign],
  ["lists for a household", list],
  ["edits a listing", edit],
  ["mends an offer", mend],
  ["restocks a listing", restock],
  ["takes a listing off sale", sellOut],
  ["pauses a listing", pause],
  ["resumes a listing", resume],
  ["withdraws a listing", withdraw],
  ["decides on an application", decide],
  ["takes a phone off a household", removePhone],
  ["corrects a weigh-in", correctWeighIn],
  ["corrects a lot's stock", correctLot],
])(
  "who %s of another cooperative with a bad form hears that there is none, not what is wrong with the form",
  async (_what, action) => {
    const request = new Request("http://market.test/", {
      ...{ method: "POST", headers, body: new URLSearchParams({ nothing: "right" }) },
    });
    const context = { db: database.db, auth: signIn.auth, locale: "zh" };
    const params = {
      ...{ id: listingId, claimId, parcelId, householdId, applicationId, weighInId, lotId },
      ...{ runId: uuidv7(), payoutId: uuidv7(), answersId: uuidv7() },
    };
    const answered = action({ request, context, params } as unknown as ActionFunctionArgs);
    await expect(answered).rejects.toMatchObject({ status: 404 });
  },
);
