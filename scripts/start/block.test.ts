import { expect, test } from "vitest";
import { block } from "./block.ts";
import { makePlan } from "./plan.ts";
import { readSettings } from "./settings.ts";

const secrets = {
  ...{ auth: "a", webhook: "w", sms: "s", smsCallback: "c", meili: "m", postgres: "p", app: "q" },
};
const rowsOf = async (environment: Record<string, string>) => {
  const settings = readSettings({ PORT: "3999", HOST: "127.0.0.1", ...environment });
  const plan = await makePlan(settings, secrets, { adminUrl: "", appUrl: "" }, undefined);
  return block(plan, settings, undefined, 1).split("\n");
};
const rowOf = (rows: string[], name: string) => rows.find((row) => row.includes(name))?.trim();

test("the block says where everything is kept, and which variable makes a stand-in real", async () => {
  const rows = await rowsOf({});
  expect(rowOf(rows, "photos")).toMatch(/files in DATA_DIR\/photos — real with PHOTO_STORE/);
  expect(rowOf(rows, "payments")).toMatch(/sandbox.* real with STRIPE_SECRET_KEY/);
  const real = await rowsOf({
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_WEBHOOK_SECRET: "whsec_1",
    DATABASE_URL: "postgres://db.test/market",
    PHOTO_STORE: "s3://photos",
  });
  expect(rowOf(real, "payments")).toMatch(/Stripe$/);
  expect(rowOf(real, "database")).toMatch(/yours$/);
  expect(rowOf(real, "photos")).toMatch(/your bucket$/);
});
