import { afterAll, beforeAll, expect, test } from "vitest";
import { startTencent, TENCENT } from "#tests/setup/tencent.ts";
import { createTencentSms } from "./sms-tencent.ts";

let tencent: Awaited<ReturnType<typeof startTencent>>;
beforeAll(async () => {
  tencent = await startTencent();
});
afterAll(() => tencent.close());

const settings = () => ({
  ...{ ...TENCENT, sign: "田集", region: "ap-guangzhou", standIn: tencent.standIn },
  templates: { zh: { "sale.bundle": "1110" }, en: { "sale.bundle": "1111" } },
});
const message = {
  ...{ to: "+8613800000000", text: "…", template: "sale.bundle", locale: "zh" as const },
  ...{ values: ["2", "¥56.22"], reference: "0192-a-message" },
};

test("a message goes out signed, by its template's number and with its values", async () => {
  const sms = createTencentSms(settings());
  expect(await sms.send(message)).toEqual({ ok: true, messageId: "2028:1" });
  expect(await sms.send({ ...message, locale: "en" })).toMatchObject({ ok: true });
  expect(tencent.sent).toMatchObject([
    {
      ...{ PhoneNumberSet: ["+8613800000000"], TemplateId: "1110", SignName: "田集" },
      ...{ TemplateParamSet: ["2", "¥56.22"], SessionContext: "0192-a-message" },
    },
    { TemplateId: "1111" },
  ]);
});

test("a wrong key sends nothing, and is a trouble that may be mended", async () => {
  const sms = createTencentSms({ ...settings(), secretKey: "another" });
  const before = tencent.sent.length;
  expect(await sms.send(message)).toEqual({ ok: false, reason: "sms-unavailable" });
  expect(tencent.sent).toHaveLength(before);
});

test("a template that has no number is not sent", async () => {
  const sms = createTencentSms(settings());
  const unknown = await sms.send({ ...message, template: "unheard.of" });
  expect(unknown).toEqual({ ok: false, reason: "bad-template" });
});

test.each([
  ["LimitExceeded.PhoneNumberDailyLimit", "sms-limit"],
  ["LimitExceeded.PhoneNumberOneHourLimit", "sms-limit"],
  ["FailedOperation.MarketingSendTimeConstraint", "sms-limit"],
  ["FailedOperation.PhoneNumberInBlacklist", "blocked-number"],
  ["InvalidParameterValue.IncorrectPhoneNumber", "bad-number"],
  ["FailedOperation.TemplateIncorrectOrUnapproved", "bad-template"],
  ["FailedOperation.SignatureIncorrectOrUnapproved", "bad-template"],
  ["FailedOperation.TemplateParamSetNotMatchApprovedTemplate", "bad-template"],
  ["InvalidParameterValue.TemplateParameterLengthLimit", "bad-template"],
  ["InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", "bad-template"],
  ["FailedOperation.InsufficientBalanceInSmsPackage", "sms-unavailable"],
  ["InternalError.Timeout", "sms-unavailable"],
])("%s means %s", async (code, reason) => {
  const sms = createTencentSms(settings());
  tencent.refuse(code);
  expect(await sms.send(message)).toEqual({ ok: false, reason });
});

test.each([
  ["RequestLimitExceeded", "sms-unavailable"],
  ["LimitExceeded.DeliveryFrequencyLimit", "sms-limit"],
])("%s for the whole request means %s", async (code, reason) => {
  tencent.refuse(code, false);
  expect(await createTencentSms(settings()).send(message)).toEqual({ ok: false, reason });
});

test("when nobody answers, it may be tried again", async () => {
  const gone = await startTencent();
  await gone.close();
  const sms = createTencentSms({ ...settings(), standIn: gone.standIn });
  expect(await sms.send(message)).toEqual({ ok: false, reason: "sms-unavailable" });
});
