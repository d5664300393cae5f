import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listOrderClaims } from "#app/domain/claims/list-claims.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { oneAtATime } from "#app/gateways/one-at-a-time.ts";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { deliver } from "#tests/factories/claims.ts";
import { type Fields, formOf, smallPhoto } from "#tests/factories/farm.ts";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { action } from "./form.tsx";
import { lineField } from "./read-claim-form.ts";

let database: TestDatabase;
let payments: TestPayments;
let folder: string;
beforeAll(async () => {
  payments = await startTestPayments();
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "claims-"));
});
afterAll(async () => {
  await payments.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

type Refused = {
  errors: Record<string, string>;
  values: Record<string, string>;
  kept: { photos: { id: string }[] };
  before: { id: string; askedFen: number } | null;
};

/** A delivered parcel with two crops of a guest, and the form to claim for it. */
async function makeForm() {
  const { db } = database;
  const cooperative = await makeCooperative(db);
  const lots = [{ household: await makeHousehold(db, { cooperative }), quantity: 3 }];
  const listings = [await makeListing(db, { lots }), await makeListing(db, { lots })];
  const items = listings.map((listing) => ({ listing, quantity: 1 }));
  const buyer = makeBuyer();
  const { number, lines } = await makePaidCheckout(db, payments, items, undefined, { buyer });
  const [pears, walnuts] = lines;
  if (!pears || !walnuts) throw new Error("no lines");
  const { parcelId } = pears;
  await deliver(db, pears.scope, parcelId);
  const context = {
    ...{ db, auth: { readSession: async () => null }, locale: "zh", visitorId: buyer.visitorId },
    ...{ photos: photoStoreInFolder(folder), stripPhoto, onePhotoAtATime: oneAtATime() },
    openSpill: () => spillInFolder(join(folder, "spill")),
  } as unknown as AppLoadContext;
  const send = async (fields: Fields) => {
    const url = `http://market.test/orders/${number}/parcels/${parcelId}/claim`;
    const request = new Request(url, { method: "POST", body: formOf(fields) });
    const answer = await action({ request, context, params: { number, parcelId } });
    if (answer instanceof Response) {
      return { status: answer.status, claimId: answer.headers.get("location")?.split("/").at(-1) };
    }
    const { data, init } = answer as unknown as { data: Refused; init: { status: number } };
    return { status: init.status, refused: data };
  };
  const claims = () => listOrderClaims(db, buyer, number);
  const claim = (id = "") => readClaim(db, { buyer, number }, id);
  return {
    send,
    claims,
    claim,
    pears: lineField(pears.lineId),
    walnuts: lineField(walnuts.lineId),
  };
}

it("a claim sent twice with its photos is one claim, also when the photos were lost on the way back", async () => {
  const { send, claims, claim, pears, walnuts } = await makeForm();
  const form = { clientKey: uuidv7(), [pears]: "50", [walnuts]: "0", words: " 烂了 " };
  const photos = [await smallPhoto(), await smallPhoto()];
  const { claimId } = await send({ ...form, photo: photos });
  expect(await claim(claimId)).toMatchObject({ words: "烂了", photos: [{}, {}] });
  for (const photo of [photos, photos.slice(1), []]) {
    expect(await send({ ...form, photo })).toEqual({ status: 303, claimId });
  }
  expect(await claims()).toHaveLength(1);
});

it("what is claimed for under a key that has sent another claim comes back whole, and is sent when it is pressed again", async () => {
  const { send, claims, claim, pears, walnuts } = await makeForm();
  const form = { clientKey: uuidv7(), [pears]: "10", words: "烂了" };
  const photo = await smallPhoto();
  const { claimId } = await send({ ...form, photo });
  const others: Fields[] = [
    { ...form, photo, [pears]: "0", [walnuts]: "50", words: "核桃霉了" },
    { ...form, photo, [walnuts]: "50" },
    { ...form, photo, [pears]: "50" },
    { ...form, photo, words: "全烂了" },
    { ...form, photo, words: "长".repeat(501) },
    { ...form, photo: await smallPhoto() },
    { ...form, photo: [photo, await smallPhoto()] },
  ];
  const answers: Awaited<ReturnType<typeof send>>[] = [];
  for (const other of others) answers.push(await send(other));
  expect(answers.map(({ status }) => status)).toEqual(others.map(() => 409));
  for (const { refused } of answers) expect(refused?.before).toMatchObject({ id: claimId });
  expect(await claims()).toHaveLength(1);

  const { refused } = answers[0] ?? {};
  expect(refused).toMatchObject({ errors: {}, before: { askedFen: 299 } });
  expect(refused?.values).toMatchObject({ [walnuts]: "50", words: "核桃霉了" });
  const photoId = refused?.kept.photos.map(({ id }) => id) ?? [];
  expect(photoId).toHaveLength(1);
  // The page gives it a key that none has used.
  const again = { clientKey: uuidv7(), [walnuts]: "50", words: "核桃霉了", photoId };
  const { status, claimId: second } = await send(again);
  expect(status).toBe(303);
  expect(await claim(second)).toMatchObject({ words: "核桃霉了", photos: [{ id: photoId[0] }] });
  expect(await claims()).toHaveLength(2);
  // Both are found again by their own sending.
  expect(await send(again)).toEqual({ status: 303, claimId: second });
  expect(await send({ ...form, photo })).toEqual({ status: 303, claimId });
});
