import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { saveDraft } from "#app/domain/drafts/save-draft.ts";
import { weighIn } from "#app/domain/intake/weigh-in.ts";
import { keepTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { inviteMember } from "#app/domain/people/invite-member.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";
import { makeApplication } from "#tests/factories/joining.ts";
import { coopScope, householdScope } from "#tests/factories/scopes.ts";
import { stageCycle } from "./stage-cycle.ts";
import { stageFiles } from "./stage-files.ts";
import { stageSubstitution } from "./stage-substitution.ts";

/** What stands in an address in place of each `:name`. */
export type Things = Partial<Record<string, string>>;
/** Of one cooperative: its own, its farmer's, its officer's, and an order that somebody made of it. */
export type Side = { coop: Things; household: Things; officer: Things; buyer: Things };

type Row = Record<string, string>;

async function one(db: Kysely<DB>, query: ReturnType<typeof sql<Row>>): Promise<Row> {
  const { rows } = await query.execute(db);
  if (!rows[0]) throw new Error("the demo data has nothing of a kind that is to be asked for");
  return rows[0];
}

/**
 * Something of every kind that an address can name, of one cooperative of the demo data: what is there
 * already, and what it has not yet is made as its people would make it.
 */
export async function setStage(
  db: Kysely<DB>,
  photos: Pick<PhotoStore, "put">,
  slug: string,
  demo: Demo,
): Promise<Side> {
  const { id: cooperativeId = "" } = await one(
    db,
    sql<Row>`select id from cooperatives where slug = ${slug}`,
  );
  const scope = coopScope({ userId: demo.bookkeeper, cooperativeId });
  const { householdId = "" } = await one(
    db,
    sql<Row>`select household_id as "householdId" from household_members
      where user_id = ${demo.farmer} and ended_at is null`,
  );
  const farmer = householdScope({ userId: demo.farmer, householdId, cooperativeId });
  const there = await one(
    db,
    sql<Row>`select
      (select id from listings where created_by_household_id = ${householdId}
        and status = 'published' order by id limit 1) as "listingId",
      (select t.id from lots t join listings l on l.id = t.listing_id
        where l.created_by_household_id = ${householdId} order by t.id limit 1) as "lotId",
      (select id from reviews where cooperative_id = ${cooperativeId} order by id limit 1) as "reviewId",
      (select id from cooperative_members where cooperative_id = ${cooperativeId}
        and user_id = ${demo.bookkeeper}) as "memberId",
      (select n.id from order_lines n join allocations a on a.order_line_id = n.id
        join relief_accounts r on r.id = a.relief_account_id
        where r.household_id = ${householdId} order by n.id limit 1) as "line",
      (select code from relief_accounts where household_id = ${householdId} limit 1) as "account",
      (select t.id from ledger_transactions t join parcels own on own.order_id = t.cause_id
        and own.cooperative_id = ${cooperativeId}
        where t.kind = 'sale' and t.cause_type = 'order' and not exists (select from parcels other
          where other.order_id = t.cause_id and other.cooperative_id <> ${cooperativeId})
        order by t.seq limit 1) as "transactionId",
      (select id from reserve_moves where cooperative_id = ${cooperativeId}
        order by number limit 1) as "moveId"`,
  );
  const order = await one(
    db,
    sql<Row>`select o.id, o.number, n.id as "lineId", p.id as "parcelId" from orders o
      join parcels p on p.order_id = o.id join order_lines n on n.parcel_id = p.id
      where p.cooperative_id = ${cooperativeId} and p.status = 'delivered'
        and not exists (select from claims c where c.parcel_id = p.id)
      order by o.id limit 1`,
  );
  await sql`update orders set buyer_user_id = ${demo.buyer}, visitor_id = null
    where id = ${order.id}`.execute(db);
  const claimId = uuidv7();
  await db
    .insertInto("claims")
    .values({
      ...{ id: claimId, order_id: order.id ?? "", parcel_id: order.parcelId ?? "" },
      ...{ client_key: uuidv7(), cooperative_id: cooperativeId, asked_fen: 100 },
      ...{ sent_at: new Date(), due_at: new Date(Date.now() + 86_400_000) },
    })
    .execute();
  await db
    .insertInto("claim_lines")
    .values({
      ...{ claim_id: claimId, order_line_id: order.lineId ?? "", percent: 25 },
      ...{ asked_fen: 100 },
    })
    .execute();
  await db
    .insertInto("claim_events")
    .values({
      ...{ id: uuidv7(), claim_id: claimId, kind: "send", by_side: "buyer" },
      state: "waiting",
      ...{ fen: 100, occurred_at: new Date() },
    })
    .execute();
  const substitutionId = await stageSubstitution(db, order.lineId ?? "", there.listingId ?? "");
  const weighed = await weighIn(db, scope, {
    ...{ householdId, categoryCode: "apple", grade: "first", clientKey: uuidv7() },
    ...{ grossGrams: 2_000, tareGrams: 0 },
  });
  const invited = await inviteMember(db, scope, {
    ...{ phone: demo.stranger, name: "试工", role: "packer", clientKey: uuidv7() },
  });
  const run = await prepareRun(db, scope, { clientKey: uuidv7() });
  const approver = coopScope({ userId: `${demo.bookkeeper}-colleague`, cooperativeId });
  if (run.ok) await confirmRun(db, approver, { runId: run.runId });
  const draft = await saveDraft(db, farmer, { draftId: uuidv7(), version: null, fields: {} });
  const { applicationId } = await makeApplication(db, cooperativeId);
  const tracked = await keepTracking(db, scope, { clientKey: uuidv7(), rows: [] });
  if (!weighed.ok || !invited.ok || !run.ok || !draft.ok) throw new Error("the stage is not whole");
  const { id: payoutId = "" } = await one(
    db,
    sql<Row>`select id from payouts where payout_run_id = ${run.runId} limit 1`,
  );
  const { listingId, lotId, reviewId, memberId, line, account, transactionId, moveId } = there;
  const cycleId = await stageCycle(db, scope, listingId ?? "");
  const of = { listingId: listingId ?? "", orderId: order.id ?? "", claimId };
  const files = await stageFiles(db, scope, photos, of);
  return {
    coop: {
      ...files,
      ...{
        parcelId: order.parcelId,
        substitutionId,
        claimId,
        reviewId,
        memberId,
        householdId,
        applicationId,
      },
      ...{ id: listingId, lotId, weighInId: weighed.weighInId, runId: run.runId, payoutId },
      ...{ invitationId: invited.invitationId, fileId: tracked.fileId, transactionId, moveId },
      cycleId,
    },
    household: { id: listingId, draft: draft.draft.id, line, listingId },
    officer: { code: account },
    buyer: {
      ...{ number: order.number, lineId: order.lineId, parcelId: order.parcelId, claimId },
      substitutionId,
    },
  };
}

/** Ids of the demo people of one cooperative, and a number that nobody has. */
export type Demo = Record<"bookkeeper" | "farmer" | "buyer" | "stranger", string>;
