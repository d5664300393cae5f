import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readForm } from "./read-form.ts";

const schema = z.object({
  title: z.string().trim().min(1, "required").max(60, "tooLong"),
  quantity: z.coerce.number().int("wholeNumber").min(1).max(999),
  note: z.string().optional(),
});

function post(body: BodyInit, type?: string): Request {
  const headers = type ? { "content-type": type } : undefined;
  return new Request("http://market/", { method: "POST", body, headers });
}

describe("reading a form", () => {
  it("gives the typed value of a good form", async () => {
    const read = await readForm(
      post(new URLSearchParams({ title: " 苹果 ", quantity: "5" })),
      schema,
    );
    expect(read).toMatchObject({ ok: true, value: { title: "苹果", quantity: 5 } });
  });

  it("keeps everything typed when one field is wrong, and names that field alone", async () => {
    const read = await readForm(
      post(new URLSearchParams({ title: "苹果", quantity: "1.5" })),
      schema,
    );
    expect(read).toEqual({
      ok: false,
      errors: { quantity: "wholeNumber" },
      values: { title: "苹果", quantity: "1.5" },
    });
  });

  it("calls an absent or empty field required, whatever zod calls it", async () => {
    const read = await readForm(post(new URLSearchParams({ quantity: "3" })), schema);
    expect(read).toMatchObject({ ok: false, errors: { title: "required" } });
  });

  it("gives rules without a message a fitting one", async () => {
    const many = await readForm(
      post(new URLSearchParams({ title: "a", quantity: "1000" })),
      schema,
    );
    expect(many).toMatchObject({ errors: { quantity: "tooMany" } });
    const none = await readForm(post(new URLSearchParams({ title: "a", quantity: "-1" })), schema);
    expect(none).toMatchObject({ errors: { quantity: "atLeastOne" } });
  });

  it("drops control characters and takes a field of which nothing can be seen as empty", async () => {
    const typed = new URLSearchParams({ title: "\u202e苹\u0000\u0007\u2066果", quantity: "5" });
    expect(await readForm(post(typed), schema)).toMatchObject({
      ok: true,
      value: { title: "苹果" },
    });
    for (const title of ["\u0000\u0007\u001b", "\u200b\u200b", "\u3000", "\t\r\n"]) {
      const read = await readForm(post(new URLSearchParams({ title, quantity: "5" })), schema);
      expect(read).toMatchObject({ ok: false, errors: { title: "required" } });
    }
    // What joins emoji is no shape of its own but makes theirs.
    const farmer = await readForm(
      post(new URLSearchParams({ title: "👩‍🌾", quantity: "5" })),
      schema,
    );
    expect(farmer).toMatchObject({ ok: true, value: { title: "👩‍🌾" } });
  });

  it("reads the text fields of a multipart form and leaves its files alone", async () => {
    const form = new FormData();
    form.set("title", "核桃");
    form.set("quantity", "2");
    form.set("photo", new File(["x"], "a.jpg"));
    for (const source of [post(form), form]) {
      const read = await readForm(source, schema);
      expect(read).toMatchObject({ ok: true, value: { title: "核桃", quantity: 2 } });
      expect(read.values).not.toHaveProperty("photo");
    }
  });

  it("drops NUL bytes, which the database could not store", async () => {
    const read = await readForm(
      post(new URLSearchParams({ title: "苹\0果", quantity: "1" })),
      schema,
    );
    expect(read).toMatchObject({ ok: true, value: { title: "苹果" } });
  });

  it("refuses a huge field of any kind and hands it back cut", async () => {
    const note = "田".repeat(50_000);
    const read = await readForm(
      post(new URLSearchParams({ title: "a", quantity: "1", note })),
      schema,
    );
    expect(read).toMatchObject({ ok: false, errors: { note: "tooLong" } });
    expect(read.values.note).toHaveLength(10_000);
  });

  it("survives bodies that are no form", async () => {
    for (const request of [
      post('{"title":1}', "application/json"),
      post("garbage", "multipart/form-data; boundary=x"),
      post("", "multipart/form-data"),
    ]) {
      expect(await readForm(request, schema)).toEqual({
        ok: false,
        errors: { form: "invalid" },
        values: {},
      });
    }
  });

  it("is not fooled by a repeated field or by names of object members", async () => {
    const repeated = new URLSearchParams("title=a&title=b&quantity=1");
    expect(await readForm(post(repeated), schema)).toMatchObject({ errors: { title: "invalid" } });
    const hostile = new URLSearchParams("title=a&quantity=1&__proto__=x&constructor=y&toString=z");
    expect(await readForm(post(hostile), schema)).toMatchObject({ ok: true });
    expect(Object.prototype).not.toHaveProperty("x");
  });
});
