import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CARD, type Harness, startHarness } from "#tests/setup/sandbox.ts";

describe("the payment page", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());
  const state = (id: string) =>
    harness.stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
  const intentOf = async (id: string) => (await state(id)).payment_intent as Stripe.PaymentIntent;

  test("shows lines, total and the warning, in Chinese and in English, without scripts", async () => {
    const chinese = await harness.newSession({ locale: "zh" });
    const page = await harness.call(`/pay/${chinese.id}`, { headers: { "accept-language": "en" } });
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).toContain(
      "form-action 'self' http://shop.test",
    );
    const text = await page.text();
    for (const words of ["田集 Tianji", "苹果", "¥59.80", "¥67.80", "不会动用任何真钱", "TJ1"])
      expect(text).toContain(words);
    expect(text).not.toContain("<script");
    const numbered = await harness.newSession({ metadata: { order_number: "T-2026-7" } });
    expect(await (await harness.call(`/pay/${numbered.id}`)).text()).toContain("T-2026-7");
    const english = await harness.newSession({ locale: "en" });
    expect(await (await harness.call(`/pay/${english.id}`)).text()).toContain("no money moves");
    const auto = await harness.newSession();
    const read = (language: string) =>
      harness
        .call(`/pay/${auto.id}`, { headers: { "accept-language": language } })
        .then((answer) => answer.text());
    expect(await read("en-GB,zh;q=0.5")).toContain('lang="en"');
    expect(await read("zh-CN,en;q=0.5")).toContain('lang="zh-CN"');
  });

  test("text of the shop cannot become markup", async () => {
    const name = '<script>alert("x")</script>';
    const price_data = { currency: "cny", unit_amount: 500, product_data: { name } };
    const { id } = await harness.newSession({ line_items: [{ quantity: 1, price_data }] });
    const text = await (await harness.call(`/pay/${id}`)).text();
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script");
  });

  test("4242 pays and leads back to the shop with the session's id", async () => {
    const { id } = await harness.newSession();
    const answer = await harness.pay(id, CARD.pays);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`http://shop.test/orders/TJ1?session=${id}`);
    expect(await state(id)).toMatchObject({
      payment_status: "paid",
      customer_details: { name: "林晓" },
      payment_intent: { status: "succeeded" },
    });
  });

  test("a form sent twice takes the money once, and a reload says it is paid", async () => {
    const { id } = await harness.newSession();
    const both = await Promise.all([harness.pay(id, CARD.pays), harness.pay(id, CARD.pays)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const intent = await intentOf(id);
    const charges = await harness.stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data).toHaveLength(1);
    const again = await harness.call(`/pay/${id}`);
    expect(again.status).toBe(200);
    expect(await again.text()).toContain("这笔订单已经付过款了");
  });

  test.each([
    [CARD.declines, "generic_decline", "银行拒绝了这笔付款"],
    [CARD.noFunds, "insufficient_funds", "卡内余额不足"],
  ])("%s is declined, says why, and the order can still be paid", async (card, reason, words) => {
    const { id } = await harness.newSession();
    const answer = await harness.pay(id, card);
    expect(answer.status).toBe(402);
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).toContain('value="林晓"');
    const failed = await intentOf(id);
    expect(failed).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "card_declined", decline_code: reason, type: "card_error" },
    });
    const charge = await harness.stripe.charges.retrieve(String(failed.latest_charge));
    expect(charge).toMatchObject({ status: "failed", paid: false, balance_transaction: null });
    await harness.pay(id, CARD.pays);
    const paid = await intentOf(id);
    expect(paid).toMatchObject({ id: failed.id, status: "succeeded", last_payment_error: null });
  });

  test("3155 asks first: refusing fails the attempt, agreeing pays", async () => {
    const { id } = await harness.newSession();
    const answer = (outcome: string) =>
      harness.call(`/pay/${id}/authentication`, {
        method: "POST",
        body: new URLSearchParams({ outcome }),
      });
    const asked = await harness.pay(id, CARD.asks);
    expect(asked.headers.get("location")).toBe(`/pay/${id}/authentication`);
    expect((await intentOf(id)).status).toBe("requires_action");
    const question = await harness.call(`/pay/${id}/authentication`);
    expect(await question.text()).toContain("¥67.80");
    const refused = await answer("refused");
    expect(refused.headers.get("location")).toBe(`/pay/${id}?refused`);
    expect(await (await harness.call(`/pay/${id}?refused`)).text()).toContain("身份验证没有通过");
    expect((await intentOf(id)).last_payment_error?.code).toBe(
      "payment_intent_authentication_failure",
    );
    expect((await answer("authorised")).headers.get("location")).toBe(`/pay/${id}`);
    expect((await state(id)).payment_status).toBe("unpaid");
    await harness.pay(id, CARD.asks);
    expect((await answer("authorised")).status).toBe(303);
    expect((await state(id)).payment_status).toBe("paid");
  });

  test("Alipay asks in the same way, unless the shop did not allow it", async () => {
    const { id } = await harness.newSession();
    const asked = await harness.pay(id, "", { method: "alipay" });
    expect(asked.headers.get("location")).toBe(`/pay/${id}/authentication`);
    const cardOnly = await harness.newSession({ allowed_payment_method_types: ["card"] });
    expect((await harness.pay(cardOnly.id, "", { method: "alipay" })).status).toBe(422);
  });

  test.each([
    ["a missing number", "", {}, "number", "请填写卡号"],
    ["a wrong digit", "4242 4242 4242 4241", {}, "number", "卡号不正确"],
    ["letters", "4242 4242 4242 424x", {}, "number", "卡号不正确"],
    ["a real card", "4539 1488 0343 6467", {}, "number", "请勿使用真实银行卡"],
    ["a month 13", CARD.pays, { expiry: "13/40" }, "expiry", "请按“月/年”填写"],
    ["a past month", CARD.pays, { expiry: "01/20" }, "expiry", "这张卡已过期"],
    ["a short code", CARD.pays, { cvc: "12" }, "cvc", "三位数字"],
    ["no name", CARD.pays, { name: " " }, "name", "请填写持卡人姓名"],
  ])(
    "%s is refused beside its field, and the rest is kept",
    async (_what, number, changes, field, words) => {
      const { id } = await harness.newSession();
      const answer = await harness.pay(id, number, changes);
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text).toMatch(new RegExp(`id="${field}-error">[^<]*${words}`));
      expect(text).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
      if (field !== "name") expect(text).toContain('value="林晓"');
      expect(text).not.toContain("4539");
      expect((await state(id)).payment_intent).toBeNull();
    },
  );

  test("full-width digits of a Chinese keyboard are digits too", async () => {
    const { id } = await harness.newSession();
    const typed = { expiry: "１２／４０", cvc: "１２３" };
    expect((await harness.pay(id, "４２４２４２４２４２４２４２４２", typed)).status).toBe(303);
  });

  test("an expired session says that nothing was charged and leads to the shop", async () => {
    const { id } = await harness.newSession();
    await harness.stripe.checkout.sessions.expire(id);
    for (const answer of [await harness.call(`/pay/${id}`), await harness.pay(id, CARD.pays)]) {
      expect(answer.status).toBe(410);
      const text = await answer.text();
      expect(text).toContain("没有扣款");
      expect(text).toContain('href="http://shop.test/cart"');
    }
    expect((await harness.call("/pay/cs_test_none")).status).toBe(404);
  });

  test("a form sent from another site is refused", async () => {
    const { id } = await harness.newSession();
    const send = (headers: Record<string, string>) =>
      harness.call(`/pay/${id}`, { method: "POST", headers, body: new URLSearchParams() });
    expect((await send({ origin: "http://evil.test" })).status).toBe(403);
    expect((await send({ origin: "null" })).status).toBe(403);
    expect((await send({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await send({ origin: harness.sandbox.url })).status).toBe(422);
    const forwarded = { origin: "http://10.0.0.5:3000", "x-forwarded-host": "10.0.0.5:3000" };
    expect((await send(forwarded)).status).toBe(422);
  });

  test.each([
    ["succeed", "paid", "checkout.session.async_payment_succeeded"],
    ["fail", "unpaid", "checkout.session.async_payment_failed"],
  ])("with the async switch on %s the result comes later", async (asyncPayment, status, event) => {
    const later = await startHarness();
    await later.control("webhooks", { asyncPayment, asyncDelayMs: 0 });
    const { id } = await later.newSession();
    await later.pay(id, CARD.pays);
    const done = await later.stripe.checkout.sessions.retrieve(id);
    expect(done).toMatchObject({ status: "complete", payment_status: "unpaid" });
    await expect.poll(() => later.types()).toContain(event);
    expect((await later.stripe.checkout.sessions.retrieve(id)).payment_status).toBe(status);
    await later.close();
  });
});
