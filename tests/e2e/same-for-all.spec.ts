import { expect, type Page, request, test } from "@playwright/test";
import { becomeRole, fillCart, type Role } from "./all-pages.ts";
import { linkOn } from "./forms.ts";

/** Who shows a key of any kind gets no page that stands ready: it is drawn anew, cookies and all. */
const DRAWN_ANEW = { authorization: "none" };

/** A page of each kind that is kept ready for everybody (app/page-cache/shared-page.ts). */
async function sharedPaths(page: Page): Promise<string[]> {
  const produce = await linkOn(page, "/", /\/produce\/[0-9a-f-]{36}/);
  return [
    ...["/", "/search", "/search?q=苹果&sort=price", "/ledger", `${produce}/reviews`],
    await linkOn(page, "/", /\/categories\/[a-z-]+/),
    await linkOn(page, produce, /\/counties\/\d{6}/),
    await linkOn(page, produce, /\/cooperatives\/[a-z0-9-]+/),
    await linkOn(page, "/", /\/households\/[^"]+/),
  ];
}

test("a page that is kept ready for everybody holds nothing of whoever it is drawn for @any-phone", async ({
  page,
  baseURL,
}) => {
  const paths = await sharedPaths(page);
  await fillCart(page);
  const roles: Role[] = ["customer", "farmer", "manager", "officer", "operator"];
  const lookAs = async (who: string) => {
    for (const path of paths) {
      // In her language, and with nothing else of hers.
      const { cookies } = await page.context().storageState();
      const lang = cookies.find(({ name }) => name === "lang")?.value ?? "zh";
      const nobody = await request.newContext({
        baseURL,
        extraHTTPHeaders: { cookie: `lang=${lang}` },
      });
      const drawn = async (by: typeof nobody) => {
        const answer = await by.get(path, { headers: DRAWN_ANEW });
        expect(answer.status(), `${path} for ${who}`).toBe(200);
        expect(answer.headers().etag, `${path} was not drawn anew`).toBeUndefined();
        return answer.text();
      };
      // Something may be sold between the two.
      await expect(async () => {
        expect(await drawn(page.request), `${path} for ${who}`).toBe(await drawn(nobody));
      }).toPass({ timeout: 10_000 });
      await nobody.dispose();
    }
  };
  await lookAs("a buyer with a cart");
  for (const role of roles) {
    await becomeRole(page, role);
    await lookAs(role);
  }
});

test("a buyer with a cart is given the pages that stand ready, and a listing drawn for her @any-phone", async ({
  page,
}) => {
  const produce = await fillCart(page);
  for (const path of ["/", "/search?q=核桃", "/ledger"]) {
    const [first, second] = [await page.request.get(path), await page.request.get(path)];
    expect(second.headers().etag, path).toBe(first.headers().etag);
    expect(second.headers().etag, path).toMatch(/^"/);
  }
  expect((await page.request.get(produce)).headers().etag).toBeUndefined();
});
