import { decodeQR } from "qr/decode.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import * as page from "./page.tsx";
import * as sheet from "./sheet.tsx";

const publicUrl = "https://market.test";
let pages: CoopPages;
beforeAll(async () => {
  const labels = { "coop/packing-list/labels": page, "coop/packing-list/labels/a4": sheet };
  pages = await openCoopPages(labels, publicUrl);
});
afterAll(() => pages.close());

async function makeManager() {
  const cooperative = await makeCooperative(pages.db);
  const manager = await pages.signInFor(cooperative.id);
  const scope = coopScope({ userId: manager.userId, cooperativeId: cooperative.id });
  return { cooperative, scope, get: manager.get };
}

/** A packed parcel of this cooperative, and its code. */
async function makePacked({ cooperative, scope }: Awaited<ReturnType<typeof makeManager>>) {
  const home = await makeHousehold(pages.db, { cooperative, headName: "阿牛拉日" });
  const order = await makePaidOrder(pages.db, [[home]]);
  const parcelId = order.parcels[0]?.id ?? "";
  await acceptParcel(pages.db, scope, { parcelId });
  await packParcel(pages.db, scope, { parcelId });
  const { trace_code } = await pages.db
    .selectFrom("parcels")
    .select("trace_code")
    .where("id", "=", parcelId)
    .executeTakeFirstOrThrow();
  return { ...order, parcelId, code: trace_code };
}

/** What a phone reads off the codes of a page: each drawn as a picture, four points a module. */
function scan(html: string): string[] {
  return [
    ...html.matchAll(/class="trace-code" viewBox="0 0 (\d+) \d+".*?fill="#000" d="([^"]*)"/g),
  ].map(([, side, path = ""]) => {
    const wide = Number(side) * 4;
    const data = new Uint8Array(wide * wide * 4).fill(255);
    for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      for (let dy = 0; dy < 4; dy++) {
        const row = (Number(y) * 4 + dy) * wide;
        for (let dx = 0; dx < Number(run) * 4; dx++) {
          data.fill(0, (row + Number(x) * 4 + dx) * 4, (row + Number(x) * 4 + dx) * 4 + 3);
        }
      }
    }
    return decodeQR({ width: wide, height: wide, data });
  });
}

test("a phone reads the address of each parcel's trace page off its label, on either paper", async () => {
  const manager = await makeManager();
  const packed = [await makePacked(manager), await makePacked(manager), await makePacked(manager)];
  const urls = packed.map(({ code }) => `${publicUrl}/trace/${code}`);
  for (const path of ["/coop/packing-list/labels", "/coop/packing-list/labels/a4"]) {
    const { status, html } = await manager.get(`${path}?state=packed`);
    expect(status).toBe(200);
    expect(scan(html)).toEqual(urls);
    for (const { number } of packed) {
      expect(html).toContain(number);
      // And a scanner that reads no QR code reads the order's number in bars.
      expect(html).toContain(`订单号 ${number} 的条码`);
    }
  }
  const [first] = packed;
  const one = await manager.get(`/coop/packing-list/labels?parcel=${first?.parcelId}`);
  expect(scan(one.html)).toEqual(urls.slice(0, 1));
});

test("a label says what is in the box and whose it is, and neither price, phone nor household", async () => {
  const manager = await makeManager();
  const { parcelId } = await makePacked(manager);
  const { html } = await manager.get(`/coop/packing-list/labels?parcel=${parcelId}`);
  for (const said of ["王小明", "0000", "上海市浦东新区", "盐源苹果 一级", "1 箱", "扫一扫"]) {
    expect(html).toContain(said);
  }
  for (const secret of ["13800000000", "29.90", "¥", "阿牛拉日", "吉克家"]) {
    expect(html).not.toContain(secret);
  }
});

test("nobody prints another cooperative's labels", async () => {
  const [mine, hers] = [await makeManager(), await makeManager()];
  const { parcelId, number } = await makePacked(hers);
  for (const path of ["/coop/packing-list/labels", "/coop/packing-list/labels/a4"]) {
    for (const id of [parcelId, "none", "' or 1=1", crypto.randomUUID()]) {
      const asked = `${path}?parcel=${encodeURIComponent(id)}`;
      expect((await mine.get(asked)).status, asked).toBe(404);
    }
    const column = await mine.get(`${path}?state=packed`);
    expect([column.status, scan(column.html)]).toEqual([200, []]);
    expect(column.html).not.toContain(number);
  }
});
