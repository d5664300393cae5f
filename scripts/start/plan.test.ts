import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { makePlan } from "./plan.ts";
import type { Secrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const stripe = { STRIPE_SECRET_KEY: "sk_test_real", STRIPE_WEBHOOK_SECRET: "whsec_real" };
const sms = {
  ...{ SMS_URL: "https://sms.example", SMS_KEY: "longer-than-8" },
  PUBLIC_URL: "https://market.example/",
};

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

test("what a text message links to can be opened on a phone: never this machine's own name for itself", async () => {
  const linked = async (given: Record<string, string>) => {
    const { workerEnv, appEnv, phoneUrl } = await planFor({ PORT: "3999", ...given });
    return { to: workerEnv.PUBLIC_URL, pages: appEnv.PUBLIC_URL, phoneUrl };
  };
  const all = Object.values(networkInterfaces()).flat();
  const outside = all.filter((one) => one?.family === "IPv4" && !one.internal);
  const everywhere = await linked({});
  expect(everywhere.phoneUrl === undefined).toBe(outside.length === 0);
  expect(everywhere.to).toBe(everywhere.phoneUrl ?? "http://localhost:3999");
  expect(everywhere.pages).toBe(""); // by whatever name it was reached
  const HOST = "192.168.9.9";
  expect((await linked({ HOST })).to).toBe("http://192.168.9.9:3999");
  const named = await linked({ PUBLIC_URL: "https://market.example" });
  expect(named).toMatchObject({ to: "https://market.example", pages: "https://market.example" });
});

test("messages that leave the machine are refused a start without the market's own address", () => {
  const { PUBLIC_URL: _, ...without } = sms;
  expect(() => readSettings(without)).toThrow(/text messages set PUBLIC_URL too/);
  expect(() => readSettings(sms)).not.toThrow();
});
