import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { makePlan } from "./plan.ts";
import type { Secrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const stripe = { STRIPE_SECRET_KEY: "sk_test_real", STRIPE_WEBHOOK_SECRET: "whsec_real" };
const sms = { SMS_URL: "https://sms.example", SMS_KEY: "longer-than-8" };

const planFor = (given: Record<string, string>) =>
  makePlan(
    readSettings(given),
    { auth: "a".repeat(32), sms: "key", webhook: "key", smsCallback: "key" } as Secrets,
    { appUrl: "postgres://app@127.0.0.1/x" } as Database,
    undefined,
  );

test.each([
  ["nothing real: it is a demonstration", {}, true],
  ["real payments", stripe, false],
  ["real messages", sms, false],
  ["real payments, asked for", { ...stripe, SANDBOX: "1" }, true],
  ["production", { NODE_ENV: "production" }, false],
  ["production, asked for", { NODE_ENV: "production", SANDBOX: "1" }, true],
  ["nothing real, shut", { SANDBOX: "0" }, false],
  ["all real, even if asked for", { ...stripe, ...sms, SANDBOX: "1" }, false],
])("one-tap sign-ins: %s", async (_case, given, isOpen) => {
  const plan = await planFor(given);
  expect(plan.hasPanel).toBe(isOpen);
  expect(plan.appEnv.SANDBOX_PANEL).toBe(isOpen ? "1" : "0");
});

test("a demo person is offered under her cooperative's name, not under what a URL calls it", async () => {
  const people = JSON.parse((await planFor({})).sandboxEnv.DEMO_SIGN_INS ?? "[]");
  expect(people[0].name).toEqual({ zh: "盐源高山苹果合作社", en: "Yanyuan Highland Apple Co-op" });
  for (const { name } of people) expect(name.zh).toMatch(/合作社$|^田集$/);
});

test("a payment page of the sandbox is there wherever payments are not real", async () => {
  expect((await planFor(sms)).appEnv.SANDBOX_URL).not.toBe("");
  expect((await planFor({ ...stripe, ...sms })).appEnv.SANDBOX_URL).toBe("");
});

test.each(["0", "0.5", "-1", "many"])("a market is not seeded %s times over", (scale) => {
  expect(() => readSettings({ SEED_SCALE: scale })).toThrow(/SEED_SCALE/);
});
