import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, describe, expect, it } from "vitest";
import { fillCart, makeBuyer } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { cookiesOf } from "#tests/factories/sign-in.ts";
import { openSignInPages } from "#tests/factories/sign-in-pages.ts";
import { action as chooseLanguage } from "../language.ts";
import { action as signOut } from "../sign-out.ts";
import { loader as codePage, action as enterCode } from "./code.tsx";
import { action as askForCode } from "./page.tsx";

const { db, made, send, walk, codeSentTo, close } = await openSignInPages();
afterAll(close);

describe("signing in", () => {
  it("goes from the number to the code to where she wanted to go", async () => {
    const { asked, entered } = await walk(made.nextPhone(), "/checkout?step=2");
    expect(asked).toMatchObject({ status: 303, to: "/sign-in/code" });
    expect(asked.setCookies[0]).toMatch(/^asked=.*; HttpOnly; SameSite=Lax; Max-Age=900$/);
    expect(entered).toMatchObject({ status: 303, to: "/checkout?step=2" });
    expect(entered.setCookies).toEqual([
      expect.stringMatching(/^session=.+HttpOnly/),
      expect.stringMatching(/^known=.+HttpOnly/),
      expect.stringMatching(/^asked=;.*Max-Age=0$/),
    ]);
  });

  it("leads a farmer to her farm and a buyer to the market", async () => {
    const phone = made.nextPhone();
    expect((await walk(phone)).entered.to).toBe("/");
    const { userId: user_id } = await made.signIn(phone);
    const { id: household_id } = await makeHousehold(db);
    const member = { id: uuidv7(), household_id, user_id };
    await db.insertInto("household_members").values(member).execute();
    expect((await walk(phone)).entered.to).toBe("/farm");
  });

  it("never leads to another site", async () => {
    for (const to of [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      "/.//evil.example",
    ]) {
      expect((await walk(made.nextPhone(), to)).entered.to).toBe("/");
    }
  });

  it("takes the cart along that was filled before", async () => {
    const visitor = makeBuyer();
    const listing = await makeListing(db);
    await fillCart(db, visitor, [{ listing, quantity: 2 }]);
    const phone = made.nextPhone();
    await walk(phone, "", visitor.visitorId);
    const { userId } = await made.signIn(phone);
    const items = await db
      .selectFrom("cart_items")
      .innerJoin("carts", "carts.id", "cart_items.cart_id")
      .where("carts.user_id", "=", userId)
      .select(["listing_id", "quantity"])
      .execute();
    expect(items).toEqual([{ listing_id: listing.id, quantity: 2 }]);
  });

  it("answers a known and an unknown number with the same page", async () => {
    const known = made.nextPhone();
    await walk(known);
    await made.forgive(known);
    const seen = [];
    for (const phone of [known, made.nextPhone()]) {
      const { status, to, setCookies } = await send(askForCode, { phone: phone.slice(3) });
      seen.push({ status, to, cookies: setCookies.map((cookie) => cookie.replace(/=[^;]*/, "")) });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it("keeps a wrong number in the form, and says what is wrong beside it", async () => {
    for (const phone of ["123", "", "+86 12", "1".repeat(5000)]) {
      const { status, data } = await send(askForCode, { phone, to: "/cart" });
      expect(status).toBe(422);
      expect(data.values).toMatchObject({ phone, to: "/cart" });
      expect(data.error).toMatch(/phone|required/);
    }
  });

  it("sends one message for two taps, and both lead to the code", async () => {
    const phone = made.nextPhone();
    const first = await send(askForCode, { phone, asker: "one page" });
    const second = await send(askForCode, { phone, asker: "one page" });
    expect(first.to).toBe("/sign-in/code");
    expect(second.to).toBe("/sign-in/code?sent=before");
    expect(second.setCookies).toHaveLength(1);
    expect(made.texts.filter((text) => text.to === phone)).toHaveLength(1);
  });

  it("says so when the message cannot be sent, and keeps the number", async () => {
    made.sms.isDown = true;
    const { status, data } = await send(askForCode, { phone: "13800138000" });
    made.sms.isDown = false;
    expect(status).toBe(503);
    expect(data).toMatchObject({ values: { phone: "13800138000" } });
    expect(data.notice).toContain("短信");
  });

  it("lets the code be entered twice with one effect", async () => {
    const { cookies, entered } = await walk(made.nextPhone(), "/cart");
    const both = cookiesOf(entered.setCookies.slice(0, 1));
    both.set("cookie", `${both.get("cookie")}; ${cookies.get("cookie")}`);
    const again = await send(enterCode, { code: "000000" }, both);
    expect(again).toMatchObject({ status: 303, to: "/cart", setCookies: [] });
  });

  it("lets the code be entered once more when the first answer was lost on the way", async () => {
    const { cookies, code, entered } = await walk(made.nextPhone(), "/cart");
    const again = await send(enterCode, { code }, cookies);
    expect(again).toMatchObject({ status: 303, to: "/cart" });
    expect(again.setCookies[0]).toBe(entered.setCookies[0]);
    expect(await made.auth.readSession(cookiesOf(again.setCookies))).not.toBeNull();
  });

  it("keeps the digits when the language is changed, and tries nothing with them", async () => {
    const phone = made.nextPhone();
    const cookies = cookiesOf((await send(askForCode, { phone })).setCookies);
    for (const code of ["12", "1234567", codeSentTo(phone)]) {
      const { status, data, setCookies } = await send(enterCode, { code, locale: "en" }, cookies);
      expect(status).toBe(200);
      expect(data).toMatchObject({ values: { code }, notice: null });
      expect(setCookies).toEqual([expect.stringMatching(/^lang=en;/)]);
    }
    expect((await send(enterCode, { code: codeSentTo(phone) }, cookies)).status).toBe(303);
  });

  it("gives back the digits that were refused", async () => {
    const phone = made.nextPhone();
    const cookies = cookiesOf((await send(askForCode, { phone })).setCookies);
    const other = codeSentTo(phone) === "111111" ? "222222" : "111111";
    for (const code of ["12 34", other]) {
      const { status, data } = await send(enterCode, { code }, cookies);
      expect(status).toBe(422);
      expect(data.values).toEqual({ code });
    }
  });

  it("understands a code with spaces and fullwidth digits, and refuses what is no code", async () => {
    const phone = made.nextPhone();
    await walk(phone);
    await made.forgive(phone);
    const cookies = cookiesOf((await send(askForCode, { phone })).setCookies);
    for (const code of ["", "12345", "1234567", "abcdef", "１２３"]) {
      const { status, data } = await send(enterCode, { code }, cookies);
      expect(status).toBe(422);
      expect(data.error).toMatch(/code|required/);
    }
    const fullwidth = [...codeSentTo(phone)].map((digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    const code = ` ${fullwidth.slice(0, 3).join("")} ${fullwidth.slice(3).join("")}`;
    expect((await send(enterCode, { code }, cookies)).status).toBe(303);
  });

  it("says how many tries are left, and then that the code is over", async () => {
    const phone = made.nextPhone();
    const asked = await send(askForCode, { phone });
    const cookies = cookiesOf(asked.setCookies);
    const wrong = codeSentTo(phone) === "111111" ? "222222" : "111111";
    const notices = [];
    for (let at = 0; at < 5; at++)
      notices.push((await send(enterCode, { code: wrong }, cookies)).data.notice);
    expect(notices[0]).toContain("4 次");
    expect(notices[4]).toContain("已经失效");
  });

  it("begins anew when the cookie is missing, forged or old", async () => {
    const asked = await send(askForCode, { phone: made.nextPhone() });
    const good = cookiesOf(asked.setCookies).get("cookie") ?? "";
    const forged = `asked=${Buffer.from('{"phone":"+8613900000000","to":"","until":9e15}').toString("base64url")}.x`;
    for (const cookie of [
      "",
      forged,
      good.replace(/\.(.)/, (_, first) => `.${first === "A" ? "B" : "A"}`),
      "asked=.",
    ]) {
      const headers = new Headers(cookie ? { cookie } : {});
      expect(await send(enterCode, { code: "123456" }, headers)).toMatchObject({
        status: 303,
        to: "/sign-in",
      });
    }
    const request = new Request("http://market.test/sign-in/code");
    const context = { auth: made.auth, locale: "zh" } as AppLoadContext;
    await expect(codePage({ request, context, params: {} })).rejects.toMatchObject({ status: 303 });
  });
});

describe("leaving and choosing", () => {
  it("signs out and forgets the cookie", async () => {
    const { headers } = await made.signIn(made.nextPhone());
    const left = await send(signOut, {}, headers);
    expect(left).toMatchObject({ status: 303, to: "/" });
    expect(left.setCookies).toEqual([expect.stringMatching(/^session=;.*Max-Age=0/)]);
    expect(await made.auth.readSession(headers)).toBeNull();
  });

  it("keeps the language and comes back to the same page of ours, never to another site", async () => {
    const chosen = await send(chooseLanguage, { locale: "en", to: "/search?q=a" });
    expect(chosen).toMatchObject({ status: 303, to: "/search?q=a" });
    expect(chosen.setCookies).toEqual([
      expect.stringMatching(/^lang=en; Path=\/; Max-Age=31536000/),
    ]);
    expect((await send(chooseLanguage, { locale: "en", to: "//evil.example" })).to).toBe("/");
    expect((await send(chooseLanguage, { locale: "klingon" })).setCookies[0]).toMatch(/^lang=zh/);
  });
});
