import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Farm, formOf, openFarm } from "#tests/factories/farm.ts";
import { action } from "./crop.tsx";

let farm: Farm;

beforeAll(async () => {
  farm = await openFarm();
});
afterAll(() => farm.close());

/** Sends the page of a draft's crop with last season's pears checked; says where that leads. */
async function press(draft: string, typed: Record<string, string>): Promise<string> {
  const fields = { category: "pear", title: "", titleEn: "", grade: "first", version: "0" };
  const body = formOf({ ...fields, cropsFoundFor: "", cropSearch: "", ...typed });
  const args = farm.args(farm.farmer, body, `/farm/listings/drafts/${draft}/crop`);
  const answer = await action({ ...args, params: { draft } });
  return answer instanceof Response ? (answer.headers.get("location") ?? "") : "";
}

async function titleOf(id: string) {
  const drafts = farm.db.selectFrom("listing_drafts").select("fields").where("id", "=", id);
  return ((await drafts.executeTakeFirstOrThrow()).fields as { title?: string }).title;
}

describe("the page of a draft's crop", () => {
  it.each(["enter", "1"])("is searched by %j, and takes no name from last season", async (key) => {
    const draft = uuidv7();
    const to = await press(draft, { cropSearch: "yangyu", findCrop: key });
    expect(to).toBe(`/farm/listings/drafts/${draft}/crop?find=yangyu#crops`);
    expect(await titleOf(draft)).toBe("");
  });

  it("leads on by Enter in another field, found or not", async () => {
    const draft = uuidv7();
    const found = { cropSearch: "li", cropsFoundFor: "li", findCrop: "enter" };
    expect(await press(draft, found)).toBe(`/farm/listings/drafts/${draft}/amount`);
    expect(await titleOf(draft)).toBe("梨");
    const other = uuidv7();
    expect(await press(other, { findCrop: "enter" })).toBe(`/farm/listings/drafts/${other}/amount`);
  });

  it("names the sending to which it is the answer, and nothing that no phone made", async () => {
    const draft = uuidv7();
    const here = `/farm/listings/drafts/${draft}`;
    expect(await press(draft, { sending: "mb2x0k3" })).toBe(`${here}/amount?arrived=mb2x0k3`);
    const found = await press(draft, { cropSearch: "li", findCrop: "1", sending: "k4" });
    expect(found).toBe(`${here}/crop?find=li&arrived=k4#crops`);
    expect(await press(draft, { sending: "x&to=//evil" })).toBe(`${here}/amount`);
  });
});
