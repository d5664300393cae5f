import { expect, test } from "vitest";
import { z } from "zod";
import { questions, templates } from "#app/domain/messages/templates.ts";
import { smsProblem, smsSettings, tencentOf } from "./sms-env.ts";

const names = ["code", ...Object.keys(templates), ...questions];
const ids = Object.fromEntries(names.map((name) => [name, "1110"]));
const tencent = {
  ...{ SMS_PROVIDER: "tencent", SMS_CALLBACK_KEY: "a-key-that-nobody-can-guess" },
  ...{ SMS_TENCENT_SECRET_ID: "AKID", SMS_TENCENT_SECRET_KEY: "secret", SMS_TENCENT_SIGN: "田集" },
  ...{ SMS_TENCENT_APP_ID: "1400006666" },
  SMS_TENCENT_TEMPLATES: JSON.stringify({ zh: ids, en: ids }),
};
const addresses = { PUBLIC_URL: z.string().optional(), SANDBOX_URL: z.string().optional() };
const settingsOf = z.object({ ...smsSettings, ...addresses });
const PUBLIC_URL = "https://market.example";
const problemOf = (source: Record<string, string>) =>
  smsProblem(settingsOf.parse({ PUBLIC_URL, ...source }));

test("a provider over HTTP needs its address and its key", () => {
  expect(problemOf({ SMS_URL: "https://sms.example", SMS_KEY: "longer-than-8" })).toBeNull();
  expect(problemOf({ SMS_URL: "https://sms.example" })).toMatch(/both SMS_URL and SMS_KEY/);
});

test("Tencent needs all of its settings, and what is missing is named", () => {
  expect(problemOf(tencent)).toBeNull();
  for (const name of Object.keys(tencent).filter((name) => name !== "SMS_PROVIDER")) {
    const { [name as "SMS_CALLBACK_KEY"]: _, ...rest } = tencent;
    expect(problemOf(rest)).toMatch(new RegExp(`so set ${name} too`));
  }
});

test("a template without an id, in either language, is named", () => {
  const { code: _, ...withoutCode } = ids;
  const SMS_TENCENT_TEMPLATES = JSON.stringify({ zh: ids, en: withoutCode });
  expect(problemOf({ ...tencent, SMS_TENCENT_TEMPLATES })).toMatch(/has no id for en code$/);
  for (const wrong of ["{", "[]", '{"zh":{}}', '{"zh":{"code":"x"},"en":{}}']) {
    const problem = problemOf({ ...tencent, SMS_TENCENT_TEMPLATES: wrong });
    expect(problem).toMatch(/must be JSON/);
  }
});

test("no problem tells a secret", () => {
  const { SMS_TENCENT_SIGN: _, ...rest } = tencent;
  expect(problemOf(rest)).not.toMatch(/AKID|secret$|a-key/);
});

test("what Tencent is told comes out of the settings", () => {
  const settings = z.object(smsSettings).parse(tencent);
  expect(tencentOf(settings)).toMatchObject({
    ...{ secretId: "AKID", appId: "1400006666", sign: "田集", region: "ap-guangzhou" },
    templates: { zh: { code: "1110", "sale.bundle": "1110" } },
  });
});

test("messages that reach phones need the address that their links lead to; the sandbox's do not", () => {
  const http = { SMS_URL: "https://sms.example", SMS_KEY: "longer-than-8" };
  for (const real of [
    http,
    tencent,
    { ...tencent, SMS_URL: "http://a", SANDBOX_URL: "http://a" },
  ]) {
    expect(problemOf({ ...real, PUBLIC_URL: "" })).toMatch(/^set PUBLIC_URL too/);
  }
  const sandbox = { ...http, SANDBOX_URL: http.SMS_URL, PUBLIC_URL: "" };
  expect(problemOf(sandbox)).toBeNull();
});
