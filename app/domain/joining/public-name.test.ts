import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeManager } from "#tests/factories/joining.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type PublicName, publicNameProblems } from "./public-name.ts";
import { suggestName } from "./suggest-name.ts";

const good = { villageZh: "树河镇", villageEn: "Shuhe", familyZh: "曲比", familyEn: "Qubi" };
const problems = (name: Partial<PublicName>, head = "曲比阿妹") =>
  publicNameProblems({ ...good, ...name }, head);

describe("what the public sees of a household", () => {
  test("is a family name and a village, in both scripts", () => {
    expect(problems({})).toEqual({});
    expect(problems({ familyZh: "吕", familyEn: "Lyu" }, "吕大山")).toEqual({});
    const empty = { villageZh: "", villageEn: "", familyZh: "", familyEn: "" };
    const required = Object.fromEntries(Object.keys(empty).map((field) => [field, "required"]));
    expect(problems(empty)).toEqual(required);
  });

  test("holds the head's whole name in no way of writing it", () => {
    const whole = "whole-name";
    expect(problems({ familyZh: "曲比阿妹" })).toEqual({ familyZh: whole });
    expect(problems({ familyEn: "Qubi Amei" })).toEqual({ familyEn: whole });
    expect(problems({ familyEn: "QU-BI A'mei" })).toEqual({ familyEn: whole });
    expect(problems({ villageZh: "树河镇曲比阿妹" })).toEqual({ villageZh: whole });
    expect(problems({ villageEn: "Qubiamei Shuhe" })).toEqual({ villageEn: whole });
    expect(problems({ familyZh: "阿妹曲比阿妹" }, "阿 妹曲比")).toEqual({ familyZh: whole });
  });

  test("holds no number, no code and no sign that an alias is made of", () => {
    for (const typed of ["13800138000", "曲·1", "<b>", "曲 · 树", "一二三四五六七"]) {
      expect(problems({ familyZh: typed }), typed).toEqual({ familyZh: "invalid" });
    }
    for (const typed of ["曲比", "Qubi1", "Qu·bi", "x".repeat(31), "'; --"]) {
      expect(problems({ familyEn: typed }), typed).toEqual({ familyEn: "invalid" });
    }
    for (const typed of ["树河镇 138 0013 8000", "513423000001", "树河 · 3F7K", "田".repeat(21)]) {
      expect(Object.keys(problems({ villageZh: typed })), typed).toEqual(["villageZh"]);
    }
    expect(problems({ villageEn: "Group 3" })).toEqual({});
    expect(problems({ villageEn: "Shuhe 51342" })).toEqual({ villageEn: "invalid" });
  });
});

describe("the name that a manager begins with", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test("is written as the county writes it, and else in pinyin", async () => {
    const { db } = database;
    const { scope, cooperative } = await makeManager(db);
    const suggested = (headName: string, village: string) =>
      suggestName(db, scope, { headName, village });
    expect(await suggested("曲比阿妹", "绿水村")).toEqual({
      ...{ villageZh: "绿水村", villageEn: "Lyushui", familyZh: "曲", familyEn: "Qu" },
    });
    expect(await suggested("欧阳春花", "大村")).toEqual({
      ...{ villageZh: "大村", villageEn: "Dacun", familyZh: "欧阳", familyEn: "Ouyang" },
    });
    const { id } = await makeHousehold(db, { cooperative });
    await db
      .updateTable("households")
      .set({ alias_zh: "曲比家 · 绿水村 · 3F7K", alias_en: "Qobi family · Lushui · 3F7K" })
      .set({ village_zh: "绿水村", village_en: "Lushui" })
      .where("id", "=", id)
      .execute();
    expect(await suggested("曲比阿妹", "绿水村")).toEqual({
      ...{ villageZh: "绿水村", villageEn: "Lushui", familyZh: "曲比", familyEn: "Qobi" },
    });
    // A name that is no more than the family's is nobody's whole name to suggest.
    expect((await suggested("曲比", "绿水村")).familyZh).toBe("曲");
  });
});
