import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { action as restock } from "#app/farm/listings/restock.tsx";
import { action as sellOut } from "#app/farm/listings/sell-out.ts";
import { loader as show } from "#app/farm/listings/show.tsx";
import { messages } from "#app/i18n/messages.ts";
import { type Farm, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { DoneNotice } from "./done-notice.tsx";

let farm: Farm;
beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

/** What the listing's page says where an answer leads. */
async function saidAt(to: string) {
  const id = /[0-9a-f-]{36}/.exec(to)?.[0];
  const { listing, done } = await show({
    ...farm.args(farm.farmer, undefined, to),
    params: { id },
  });
  return renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      <DoneNotice done={done} listing={listing as OwnListing} />
    </IntlProvider>,
  );
}

test("a page that took off sale what there was says, pressed again after a restock, what is left", async () => {
  const { to } = await farm.send({ ...goodOffer(), photo: await smallPhoto() });
  const path = to.replace(/\?.*/, "");
  const id = path.split("/").at(-1);
  const press = async (action: typeof sellOut | typeof restock, fields: Record<string, string>) => {
    const args = farm.args(farm.farmer, new URLSearchParams(fields), path);
    const answer = (await action({ ...args, params: { id } })) as Response;
    return saidAt(answer.headers.get("location") ?? "");
  };
  const old = { clientKey: uuidv7(), reason: "spoiled" };
  expect(await press(sellOut, old)).toContain("剩下的都收回来了");
  const more = { clientKey: uuidv7(), quantity: "7", harvestedOn: shanghaiDay(new Date()) };
  await press(restock, more);
  const { clientKey: _, ...lost } = old;
  for (const again of [old, { ...old, reason: "gone" }, lost]) {
    const said = await press(sellOut, again as Record<string, string>);
    expect(said).toContain("还剩 7 份");
    expect(said).not.toContain("剩下的都收回来了");
  }
  expect(await press(sellOut, { ...old, clientKey: uuidv7() })).toContain("剩下的都收回来了");
});
