import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { action as copy } from "../listings/copy.ts";
import { loader as openAmount, action as sendAmount } from "./amount.tsx";
import { action, loader as openCrop } from "./crop.tsx";

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

async function fieldsOf(id: string) {
  const drafts = farm.db.selectFrom("listing_drafts").select("fields").where("id", "=", id);
  return (await drafts.executeTakeFirstOrThrow()).fields as Record<string, string>;
}
const titleOf = async (id: string) => (await fieldsOf(id)).title;

/** The draft, once what she leaves as it came on the page of how much is sent. */
async function takeAmount(draft: string, typed: Record<string, string> = {}) {
  const at = { ...farm.args(farm.farmer), params: { draft } };
  const { values, draft: kept } = await openAmount(at);
  const fields = { ...values, quantity: "3", version: String(kept.version), ...typed };
  const sent = Object.entries(fields).map(([name, text]) => [name, text ?? ""]);
  await sendAmount({
    ...farm.args(farm.farmer, formOf(Object.fromEntries(sent))),
    params: { draft },
  });
  return fieldsOf(draft);
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
    expect(await fieldsOf(draft)).toMatchObject({ title: "梨", titleEn: "Pears" });
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

  it("takes what is no crop of ours by the name she gives it, and no other", async () => {
    const other = {
      code: "other-fruit",
      name_zh: "其他水果",
      name_en: "Other fruit",
      icon: "pear",
    };
    await farm.db.insertInto("categories").values(other).execute();
    const draft = uuidv7();
    expect(await press(draft, { category: "other-fruit" })).toBe("");
    const { version } = await farm.savedDraft(draft);
    const named = { category: "other-fruit", title: "拐枣", version };
    expect(await press(draft, named)).toBe(`/farm/listings/drafts/${draft}/amount`);
    expect(await titleOf(draft)).toBe("拐枣");
  });

  it("that another crop is chosen on takes its name and price, and leaves what she typed", async () => {
    const apple = { code: "apple", name_zh: "苹果", name_en: "Apples", icon: "apple" };
    await farm.db.insertInto("categories").values(apple).execute();
    const pears = { ...goodOffer(), unit: "bag", unitGrams: "250", price: "26.80" };
    await farm.send({ ...pears, title: "秋月梨", photo: await smallPhoto() });
    const none = { unit: "box-5jin", unitGrams: "", price: "" };
    const known = { unit: "bag", unitGrams: "250", price: "26.80" };

    const draft = uuidv7();
    await press(draft, {});
    expect(await takeAmount(draft)).toMatchObject({ title: "梨", ...known });
    const other = { category: "apple", title: "梨", version: "3" };
    await press(draft, other);
    await press(draft, other);
    expect(await fieldsOf(draft)).toMatchObject({ title: "苹果", quantity: "3", ...none });
    await press(draft, { title: "苹果", version: "4" });
    expect(await fieldsOf(draft)).toMatchObject({ title: "梨", ...known });

    const typed = uuidv7();
    await press(typed, { title: "我家的" });
    await takeAmount(typed, { price: "31.00" });
    await press(typed, { category: "apple", title: "我家的", version: "3" });
    const kept = { title: "我家的", price: "31.00", unit: "bag" };
    expect(await fieldsOf(typed)).toMatchObject(kept);
  });

  it("that another crop is chosen on takes that crop's grade, and ungraded where it has none", async () => {
    const gradeAfter = async (typed: Record<string, string>) => {
      const draft = uuidv7();
      await press(draft, { gradedAs: "pear", ...typed });
      return (await fieldsOf(draft)).grade;
    };
    expect(await gradeAfter({})).toBe("first");
    expect(await gradeAfter({ category: "apple" })).toBe("ungraded");
    expect(await gradeAfter({ category: "apple", grade: "premium" })).toBe("premium");
    // As a script leaves it, once she has chosen a grade for this very crop.
    expect(await gradeAfter({ category: "apple", gradedAs: "apple" })).toBe("first");

    const at = { ...farm.args(farm.farmer), params: { draft: uuidv7() } };
    const page = await openCrop(at);
    expect(page.values).toMatchObject({ category: "pear", grade: "first" });
    expect(page.grades).toEqual({ "": { grade: "ungraded" }, pear: { grade: "first" } });
  });

  it("takes nothing of the listing it is a copy of along to another crop", async () => {
    const listings = farm.db.selectFrom("listings").select("id").where("title_zh", "=", "秋月梨");
    const { id } = await listings.executeTakeFirstOrThrow();
    const draft = uuidv7();
    const body = formOf({ clientKey: draft });
    await copy({ ...farm.args(farm.farmer, body), params: { id } });
    expect(await fieldsOf(draft)).toMatchObject({ title: "秋月梨", price: "26.80" });
    await press(draft, { category: "apple", title: "秋月梨", version: "2" });
    expect(await fieldsOf(draft)).toMatchObject({ title: "苹果", unit: "box-5jin", price: "" });
  });
});
