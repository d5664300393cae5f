import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readSlip } from "#app/domain/households/read-slip.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { messages } from "#app/i18n/messages.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { SlipSums } from "./slip-sums.tsx";

let payments: TestPayments;
let database: TestDatabase;
beforeAll(async () => {
  payments = await startTestPayments();
});
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});
afterAll(() => payments.close());

type Of = Parameters<typeof refundParcel>[2]["of"];

/** An order of ¥59.80, of which ¥56.22 are hers; gives what her slip says after each refund. */
async function slipOf() {
  const { db } = database;
  const order = await makeCharged({ db, payments });
  const home = await db.selectFrom("households").select("id").executeTakeFirstOrThrow();
  const { cooperativeId } = order.scope;
  const scope = householdScope({ userId: "head", householdId: home.id, cooperativeId });
  const { parcelId, orderId, lineId } = order;
  const giveBack = async (of: Of, clientKey: string) => {
    const asked = await refundParcel(db, order.scope, { parcelId, of, clientKey });
    expect(asked).toMatchObject({ ok: true });
  };
  const carryOut = () => carryOutRefunds(db, payments, orderId);
  const read = async (locale: "zh" | "en" = "zh") => {
    const slip = await readSlip(db, scope, lineId);
    if (!slip) throw new Error("no slip");
    const html = renderToStaticMarkup(
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
        <SlipSums slip={slip} />
      </IntlProvider>,
    );
    return html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  };
  return { giveBack, carryOut, read };
}

describe("the slip of a sale whose money went back", () => {
  test("in full says that all went back, whose it was, and that nothing is hers", async () => {
    const { giveBack, carryOut, read } = await slipOf();
    await giveBack({ kind: "all" }, "all");
    expect(await read()).toContain("¥56.22 正要全部退给买家");
    await carryOut();
    const said = await read();
    expect(said).toContain("钱全部退给了买家 −¥56.22 最后归您 ¥0.00");
    expect(said).toContain("买家付的 ¥59.80 全部退了回去：您的 ¥56.22，加上合作社的服务费 ¥3.58。");
    expect(said).not.toContain("一部分");
    const english = await read("en");
    expect(english).toContain("the buyer got all the money back");
    expect(english).toContain("your ¥56.22 and the cooperative’s fee of ¥3.58");
  });

  test("in part says so, and says all of the one that takes the rest", async () => {
    const { giveBack, carryOut, read } = await slipOf();
    await giveBack({ kind: "amount", fen: 1_000 }, "first");
    expect(await read()).not.toContain("全部");
    await carryOut();
    const part = await read();
    expect(part).toContain("退了一部分钱");
    expect(part).not.toContain("全部");
    await giveBack({ kind: "all" }, "rest");
    await carryOut();
    const all = await read();
    expect(all.indexOf("退了一部分钱")).toBeLessThan(all.indexOf("钱全部退给了买家"));
    expect(all).toContain("最后归您 ¥0.00");
  });
});
