import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import { householdKey } from "#app/forms/household-key.ts";
import { messages } from "#app/i18n/messages.ts";
import type { Farm } from "#tests/factories/farm.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { onUploadLine, smallBytes, type UploadLine } from "#tests/factories/upload-line.ts";
import { raceBehind } from "#tests/setup/barrier.ts";

let farm: Farm;
let line: UploadLine;
onUploadLine((...opened) => {
  [farm, line] = opened;
});

describe("an upload that is no photo of hers", () => {
  it("is refused in words when it is whole, says so again, and is thrown away", async () => {
    const bytes = Buffer.from("<svg onload=alert(1)>");
    const path = await line.begun(bytes.byteLength);
    const refused = await line.patch(path, 0, bytes);
    expect(refused).toMatchObject({
      status: 422,
      headers: { "photo-refused": "photo-wrong-type", "content-type": "text/plain; charset=utf-8" },
      text: `${messages.zh.errors["photo-wrong-type"]}\n`,
    });
    expect((await line.ask("HEAD", path)).headers["photo-refused"]).toBe("photo-wrong-type");
    expect(await line.arriving()).toEqual([]);
  });

  it("is not found by a neighbour, whatever she tries, and her own may have the same key", async () => {
    const key = uuidv7();
    const path = await line.begun(10, { key });
    const ask = (method: string, headers = {}) =>
      line.ask(method, path, headers, undefined, farm.neighbour);
    expect((await ask("HEAD")).status).toBe(404);
    expect((await ask("PATCH", line.offsetHeaders(0, 0))).status).toBe(404);
    expect((await ask("DELETE")).status).toBe(404);
    const hers = await line.begin(20, { key }, farm.neighbour);
    expect(hers.status).toBe(201);
    expect((await ask("DELETE")).status).toBe(204);
    expect(await line.offsetOf(path)).toBe(0);
  });

  it("needs someone who farms, a page of ours and the right protocol", async () => {
    const nobody = new Headers();
    const { headers: buyer } = await farm.made.signIn(farm.made.nextPhone());
    const path = await line.begun(10);
    expect(await line.begin(10, {}, nobody)).toMatchObject({ status: 401 });
    expect(await line.begin(10, {}, buyer)).toMatchObject({ status: 403 });
    for (const [method, at] of [
      ["POST", "/farm/uploads"],
      ["PATCH", path],
    ] as const) {
      const foreign = await line.ask(method, at, { Origin: "https://evil.example" });
      expect(foreign.status).toBe(403);
      const old = await line.ask(method, at, { "Tus-Resumable": "0.2.2" });
      expect(old).toMatchObject({ status: 412, headers: { "tus-version": "1.0.0" } });
    }
    expect((await line.ask("HEAD", path, {}, undefined, nobody)).status).toBe(401);
    const able = await line.ask("OPTIONS", "/farm/uploads", { "Tus-Resumable": "" });
    expect(able).toMatchObject({ status: 204, headers: { "tus-max-size": "20971520" } });
  });

  it("is nothing of a page of the other one of two who share a phone", async () => {
    const path = await line.begun(10);
    const { household_id: householdId } = await farm.db
      .selectFrom("photo_uploads")
      .select("household_id")
      .executeTakeFirstOrThrow();
    const { id: other } = await makeHousehold(farm.db);
    const answers = async (id: string) => {
      const whose = { "Farm-Household": householdKey({ householdId: id }) };
      const begun = await line.ask("POST", "/farm/uploads", { ...whose, "Upload-Length": "10" });
      const piece = { ...whose, ...line.offsetHeaders(0, 0) };
      return [begun.status, (await line.ask("PATCH", path, piece)).status];
    };
    expect(await answers(other)).toEqual([401, 401]);
    expect(await answers(householdId)).toEqual([201, 204]);
  });

  it("of a manager is for a household of her own cooperative, and goes into no draft", async () => {
    const { userId: user_id, headers } = await farm.made.signIn(farm.made.nextPhone());
    const cooperative = await makeCooperative(farm.db);
    const hers = await makeHousehold(farm.db, { cooperative });
    const member = { id: uuidv7(), cooperative_id: hers.cooperativeId, user_id };
    await farm.db
      .insertInto("cooperative_members")
      .values({ ...member, role: "manager" })
      .execute();
    const bytes = await smallBytes();
    const key = uuidv7();
    const send = (household: string, metadata: string, by = headers) =>
      line.ask(
        "POST",
        "/farm/uploads",
        {
          ...{ "Upload-Length": String(bytes.byteLength), "For-Household": household },
          "Upload-Metadata": metadata,
        },
        undefined,
        by,
      );
    const path = `/farm/uploads/${key}`;
    expect((await send(hers.id, `key ${btoa(key)}`)).headers.location).toBe(path);
    const piece = { ...line.offsetHeaders(0, bytes.byteLength), "For-Household": hers.id };
    const { headers: told } = await line.ask("PATCH", path, piece, bytes, headers);
    const photo = await farm.db
      .selectFrom("photos")
      .innerJoin("photo_uploads", "photo_uploads.photo_id", "photos.id")
      .select(["household_id", "uploaded_by"])
      .where("photos.id", "=", told["photo-id"] ?? "")
      .executeTakeFirst();
    expect(photo).toEqual({ household_id: hers.id, uploaded_by: hers.id });
    // Hers are fifteen in all, two at once too, and take none of a household's own places.
    const next = await makeHousehold(farm.db, { cooperative });
    const begin = (id: string) => send(id, `key ${btoa(uuidv7())}`);
    for (let at = 0; at < 14; at++) await begin(hers.id);
    const lock = sql`select from auth."user" where id = ${user_id} for update`;
    const two = [() => begin(hers.id), () => begin(next.id)];
    const both = await raceBehind(farm.db, lock, 2, two);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 429]);
    const farmer = await farm.made.signIn(farm.made.nextPhone());
    await farm.db
      .insertInto("household_members")
      .values({ id: uuidv7(), household_id: hers.id, user_id: farmer.userId })
      .execute();
    expect((await line.begin(10, {}, farmer.headers)).status).toBe(201);
    const other = await makeHousehold(farm.db);
    expect((await send(other.id, `key ${btoa(uuidv7())}`)).status).toBe(403);
    expect((await send("1", `key ${btoa(uuidv7())}`)).status).toBe(403);
    expect((await send(hers.id, `draft ${btoa(uuidv7())}`)).status).toBe(400);
    expect((await send(hers.id, `key ${btoa(uuidv7())}`, farm.farmer)).status).toBe(403);
  });

  it.each([
    [400, {}],
    [400, { "Upload-Length": "-1" }],
    [400, { "Upload-Length": "1e3" }],
    [400, { "Upload-Defer-Length": "1" }],
    [400, { "Upload-Length": "9", "Upload-Metadata": "key not*base64" }],
    [400, { "Upload-Length": "9", "Upload-Metadata": `key ${btoa("../../etc/passwd")}` }],
    [400, { "Upload-Length": "9", "Upload-Metadata": `draft ${btoa("'; drop table")}` }],
    [413, { "Upload-Length": String(20 * 1024 * 1024 + 1) }],
    [413, { "Upload-Length": "99999999999999" }],
    [422, { "Upload-Length": "0" }],
  ])("is answered %i when it begins with %j", async (status, headers) => {
    expect((await line.ask("POST", "/farm/uploads", headers)).status).toBe(status);
  });

  it("takes pieces only where they belong and of the right kind", async () => {
    const path = await line.begun(100);
    await line.patch(path, 0, Buffer.alloc(40));
    const patch = async (offset: number, length: number, headers = {}) =>
      (
        await line.ask(
          "PATCH",
          path,
          { ...line.offsetHeaders(offset, length), ...headers },
          Buffer.alloc(length),
        )
      ).status;
    expect(await patch(0, 10)).toBe(409);
    expect(await patch(60, 10)).toBe(409);
    expect(await patch(40, 61)).toBe(413);
    const chunked = { "Content-Length": "", "Transfer-Encoding": "chunked" };
    expect(await patch(40, 61, chunked)).toBe(413);
    expect(await patch(40, 10, { "Content-Type": "text/plain" })).toBe(415);
    expect(await patch(40, 10, { "Upload-Offset": "x" })).toBe(400);
    expect(await line.offsetOf(path)).toBe(40);
    expect(await patch(40, 10, chunked)).toBe(204);
    expect((await line.ask("PUT", path)).status).toBe(405);
    expect((await line.ask("GET", path)).status).toBe(405);
    expect((await line.ask("HEAD", "/farm/uploads/..%2f..%2fetc")).status).toBe(404);
  });
});
