import { expect, test } from "@playwright/test";
import { becomeRole, fillCart, type Role } from "./all-pages.ts";
import { become } from "./become.ts";
import { cartOf, isChinese, linkOn, send } from "./forms.ts";
import { NOWHERE } from "./hostile.ts";
import { newNumber } from "./people.ts";
import { type Raw, raw } from "./raw.ts";
import { currentWalk } from "./walk.ts";

const posted = [
  ...[
    "/sign-in",
    "/sign-in/code",
    "/sign-out",
    "/language",
    "/farm/mode",
    `/produce/${NOWHERE}`,
    "/cart",
  ],
  ...["/cart/prices", "/checkout", "/orders/TJ1/payment", "/orders/TJ1/cancellation"],
  ...["/farm/listings/new/whole", "/farm/offers", `/farm/listings/${NOWHERE}/pause`],
  ...["edit", "restock", "sell-out", "copy"].map((verb) => `/farm/listings/${NOWHERE}/${verb}`),
  ...[`/farm/listings/${NOWHERE}/withdrawal`, `/farm/listings/drafts/${NOWHERE}/discard`],
  ...["photos", "crop", "amount", "check"].map(
    (step) => `/farm/listings/drafts/${NOWHERE}/${step}`,
  ),
  ...["acceptance", "ticks", "split", "substitute", "packing", "shipment", "delivery"].map(
    (step) => `/coop/parcels/${NOWHERE}/${step}`,
  ),
  ...[
    "/account/addresses/new",
    ...["edit", "default", "removal"].map((step) => `/account/addresses/${NOWHERE}/${step}`),
    ...["/join", "/join/withdrawal", "/coop/households", `/coop/households/${NOWHERE}`],
    `/coop/households/applications/${NOWHERE}`,
    "/coop/freight",
    ...["edit", "closing", "calling-off", "notes"].map((step) => `/coop/cycles/${NOWHERE}/${step}`),
    ...["/coop/cycles/new", `/coop/listings/${NOWHERE}/any-time`],
    ...["/coop/intake", "/coop/intake/kept", `/coop/intake/${NOWHERE}`],
    ...["/coop/stock", `/coop/stock/${NOWHERE}`],
    "/coop/reserve",
    "/coop/payouts",
    "/coop/payouts/day",
    `/coop/payouts/${NOWHERE}/confirmation`,
    `/coop/payouts/${NOWHERE}/cancellation`,
  ],
  ...["/coop/listings/new", `/coop/listings/new/${NOWHERE}`, `/farm/consents/${NOWHERE}`],
  ...[`/orders/TJ1/lines/${NOWHERE}/review`, `/reviews/${NOWHERE}/report`],
  ...[`/coop/reviews/${NOWHERE}`, `/operations/reviews/${NOWHERE}`],
  `/operations/entries/${NOWHERE}`,
  ...[`/consent/${"A".repeat(22)}`],
  ...[`/coop/payouts/${NOWHERE}/items/${NOWHERE}/bounce`, "/relief", "/nowhere", "/"],
];

test("no page of a stranger's can send a form of ours", async ({ page }) => {
  await become(page, null);
  const listingId = (await fillCart(page)).split("/").at(-1) ?? "";
  const before = await cartOf(page);
  expect(before).toEqual([expect.stringContaining(`${listingId} 2 `)]);
  const strangers: Record<string, string>[] = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    {},
    { Referer: "https://evil.example/cart" },
    {
      Origin: new URL(test.info().project.use.baseURL ?? "").origin,
      "Sec-Fetch-Site": "cross-site",
    },
  ];
  for (const [index, path] of posted.entries()) {
    const headers = strangers[index % strangers.length] ?? {};
    const answer = await page.request.post(path, { headers, form: { remove: "1", locale: "zh" } });
    expect(answer.status(), `${path} with ${JSON.stringify(headers)}`).toBe(403);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  }
  for (const headers of strangers) {
    const form = { listingId, remove: "1" };
    const answer = await page.request.post("/cart", { headers, form });
    expect(answer.status()).toBe(403);
    const heading = /<h1>([^<]*)/.exec(await answer.text())?.[1] ?? "";
    expect(isChinese(heading)).toBe(currentWalk().lang === "zh");
  }
  expect(await cartOf(page)).toEqual(before);
});

test("opening the address of a form changes nothing and is never a fault", {
  tag: "@any-desktop",
}, async ({ page }) => {
  for (const role of ["buyer", "farmer", "manager", "officer"] as const) {
    await becomeRole(page, role);
    for (const path of posted) {
      const answer = await page.request.get(path, { maxRedirects: 0 });
      expect(answer.status(), `${path} as ${role}`).toBeLessThan(500);
      const cookies = answer.headers()["set-cookie"] ?? "";
      expect(cookies).not.toMatch(/session|lang=/);
    }
  }
});

test("the framework's own addresses are not served", { tag: "@any-desktop" }, async ({ page }) => {
  await becomeRole(page, "manager");
  const root = ["/_root.data", "/__manifest", "/__manifest?p=%2F&version=1"];
  for (const path of [...root, "/coop.data", "/coop/payouts.data", "/cart.data", "/account.data"]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  for (const id of ["root", "coop%2Fpayouts%2Fpage", "nothing"]) {
    for (const path of ["/", "/coop/payouts", "/cart"]) {
      expect((await page.request.get(`${path}?_data=${id}`)).status(), `${id} of ${path}`).toBe(
        404,
      );
    }
  }
});

test("every answer carries the headers that fence it in", { tag: "@any-desktop" }, async ({
  page,
}) => {
  await becomeRole(page, "farmer");
  const css = await linkOn(page, "/", /\/assets\/[^"]+\.css/);
  for (const path of ["/", "/search", "/farm", "/sign-in", "/nowhere", "/coop", "/health", css]) {
    const { "content-security-policy": policy = "", ...headers } = (
      await page.request.get(path)
    ).headers();
    for (const rule of ["default-src 'self'", "script-src 'self';", "frame-ancestors 'none'"]) {
      expect(policy, path).toContain(rule);
    }
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["x-powered-by"]).toBeUndefined();
    if (path !== css && path !== "/health")
      expect(headers["cache-control"]).toMatch(/private|no-store/);
  }
});

test("no cookie can be read by a script or sent along by another site", {
  tag: "@any-desktop",
}, async ({ page }) => {
  await becomeRole(page, "buyer");
  await fillCart(page);
  await send(page, "/language", { locale: currentWalk().lang, to: "/" });
  await send(page, "/sign-in", { phone: newNumber() });
  const guest = await page.context().cookies();
  await becomeRole(page, "officer");
  const cookies = [...guest, ...(await page.context().cookies())].filter(
    // The journeys set the language themselves, without the flags.
    ({ name, expires }) => name !== "lang" || expires > 0,
  );
  const names = new Set(cookies.map(({ name }) => name));
  for (const name of ["visitor", "asked", "session"]) expect(names).toContain(name);
  for (const { name, httpOnly, sameSite, path } of cookies) {
    expect({ name, httpOnly, sameSite, path }).toEqual({
      ...{ name, httpOnly: true },
      ...{ sameSite: "Lax", path: "/" },
    });
  }
});

const elsewhere = [
  ...["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"],
  ...["/.//evil.example", "/%09/evil.example\t", "/\t/evil.example", "javascript:alert(1)"],
  ...["http:evil.example", "/sign-in?to=//evil.example", "/sign-out", " //evil.example"],
  ...["/%5Cevil.example/../..//evil.example", `/${"a".repeat(2000)}`, "data:text/html,x"],
];

test("signing in and choosing a language lead to no other site", { tag: "@any-desktop" }, async ({
  page,
}) => {
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  await becomeRole(page, "farmer");
  for (const to of elsewhere) {
    const answers = [
      await page.request.get(`/sign-in?${new URLSearchParams({ to })}`, { maxRedirects: 0 }),
      await page.request.post("/language", {
        ...{ form: { to, locale: currentWalk().lang }, maxRedirects: 0 },
        headers: { Origin: origin },
      }),
    ];
    for (const answer of answers) {
      expect(answer.status()).toBe(303);
      const location = answer.headers().location ?? "";
      expect(new URL(location, origin).origin, `${to} led to ${location}`).toBe(origin);
      expect(location).not.toMatch(/^\/[/\\]|sign-out/);
    }
  }
  const back = await page.request.get("/sign-in?to=/farm/earnings?page=2", { maxRedirects: 0 });
  expect(back.headers().location).toBe("/farm/earnings?page=2");
});

test("whoever sends far too much is asked to wait, in her language", async () => {
  // From an address of its own, so that nobody else has to wait too.
  const localAddress = `127.0.9.${test.info().project.name.length}`;
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  const headers = {
    ...{ Origin: origin, Cookie: `lang=${currentWalk().lang}` },
    "Content-Type": "application/x-www-form-urlencoded",
  };
  let last: Raw | undefined;
  for (let count = 0; count < 31; count++) {
    last = await raw("/sign-in", { method: "POST", headers, localAddress, body: "phone=1" });
    if (last.status === 429) break;
  }
  expect(last?.status).toBe(429);
  expect(Number(last?.headers["retry-after"])).toBeLessThanOrEqual(60);
  const page = last?.body.toString() ?? "";
  expect(isChinese(/<h1>([^<]*)/.exec(page)?.[1] ?? "")).toBe(currentWalk().lang === "zh");
  const large = await raw("/cart", {
    ...{ method: "POST", headers, localAddress: "127.0.9.99" },
    body: `quantity=${"1".repeat(1_100_000)}`,
  });
  expect(large.status).toBe(413);
});

const areas: Record<Exclude<Role, "buyer" | "customer">, string[]> = {
  farmer: [
    ...["/farm", "/farm/listings", "/farm/listings/new/whole", "/farm/earnings"],
    "/farm/earnings/payouts",
    "/farm/weighed",
    ...["photos", "crop", "amount", "check"].map(
      (step) => `/farm/listings/drafts/${NOWHERE}/${step}`,
    ),
  ],
  manager: [
    ...["/coop", "/coop/parcels", "/coop/packing-list", "/coop/payouts", "/coop/claims"],
    ...["/coop/listings", "/coop/listings/new", "/coop/freight", "/coop/reviews"],
    ...["/coop/packing-list/labels", "/coop/packing-list/labels/a4", "/coop/households"],
    ...["", "/offline", "/days", "/cards"].map((page) => `/coop/intake${page}`),
    ...["/coop/stock", "/coop/cycles", "/coop/cycles/new"],
  ],
  officer: ["/relief"],
  operator: ["/operations", "/operations/reconciliation", "/operations/reviews"],
};

test("every area is open to its own people alone", { tag: "@any-desktop" }, async ({ page }) => {
  for (const role of ["buyer", "farmer", "manager", "officer", "operator"] as const) {
    await becomeRole(page, role);
    for (const [owner, paths] of Object.entries(areas)) {
      for (const path of paths) {
        const answer = await page.request.get(path, { maxRedirects: 0 });
        const { location } = answer.headers();
        if (role === owner) expect(answer.status(), `${path} as ${role}`).toBe(200);
        else if (role !== "buyer") expect(answer.status(), `${path} as ${role}`).toBe(403);
        else expect(location).toBe(`/sign-in?${new URLSearchParams({ to: path })}`);
      }
    }
  }
});
