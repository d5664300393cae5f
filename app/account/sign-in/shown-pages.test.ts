import { afterAll, describe, expect, it } from "vitest";
import { cookiesOf } from "#tests/factories/sign-in.ts";
import { openSignInPages } from "#tests/factories/sign-in-pages.ts";
import { action as signOut } from "../sign-out.ts";
import { action as enterCode } from "./code.tsx";
import { action as askForCode } from "./page.tsx";

const { made, send, walk, codeSentTo, close } = await openSignInPages();
afterAll(close);

describe("a browser that several people sign in with", () => {
  it("drops the pages that the browser has of her when she signs out", async () => {
    const { headers } = await made.signIn(made.nextPhone());
    expect(await send(signOut, {}, headers)).toMatchObject({ status: 303, clears: '"cache"' });
  });

  it("drops them too when somebody else signs in there, after her or in her stead", async () => {
    const { entered } = await walk(made.nextPhone());
    expect(entered).toMatchObject({ status: 303, clears: null });
    const [session = "", known = ""] = entered.setCookies;
    for (const left of [known, session]) {
      const phone = made.nextPhone();
      const asked = await send(askForCode, { phone });
      const cookies = cookiesOf([left, ...asked.setCookies]);
      const next = await send(enterCode, { code: codeSentTo(phone) }, cookies);
      expect(next).toMatchObject({ status: 303, clears: '"cache"' });
    }
  });

  it("lets her keep her pages when she signs in again herself", async () => {
    const phone = made.nextPhone();
    const { entered } = await walk(phone);
    await made.forgive(phone);
    const asked = await send(askForCode, { phone });
    const known = cookiesOf([...entered.setCookies.slice(1, 2), ...asked.setCookies]);
    const again = await send(enterCode, { code: codeSentTo(phone) }, known);
    expect(again).toMatchObject({ status: 303, clears: null });
  });
});
