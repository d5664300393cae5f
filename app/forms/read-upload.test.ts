import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUpload, type UploadLimits } from "./read-upload.ts";

/** A room in memory, with a floor that gives way at `most` bytes. */
function room(most = 1_000_000) {
  let held = Buffer.alloc(0);
  return {
    append: async (bytes: Uint8Array) => {
      if (held.length + bytes.byteLength > most) return false;
      held = Buffer.concat([held, bytes]);
      return true;
    },
    length: () => held.length,
    cut: (length: number) => {
      held = held.subarray(0, length);
    },
    read: async (from: number, length: number) => held.subarray(from, from + length),
  };
}

const roomy: UploadLimits = { fileBytes: 10_000, allFilesBytes: 100_000 };
const file = (content: BlobPart, name: string) => new File([content], name);

function streamOf(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) if (piece.byteLength > 0) controller.enqueue(piece);
      controller.close();
    },
  });
}

/** The form as a browser writes it, coming in pieces that end at `cuts`. */
async function sent(form: FormData, cuts: number[] = [], whole = true): Promise<Request> {
  const response = new Response(form);
  const headers = { "content-type": response.headers.get("content-type") ?? "" };
  const body = Buffer.from(await response.arrayBuffer());
  const ends = [...cuts.map((cut) => cut % body.length).sort((a, b) => a - b), body.length];
  if (!whole) ends.pop();
  const pieces = ends.map((end, index) => body.subarray(ends[index - 1] ?? 0, end));
  return new Request("http://t/", {
    method: "POST",
    headers,
    duplex: "half",
    body: streamOf(pieces),
  });
}

function formOf(entries: Record<string, (string | File)[]>): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(entries)) {
    for (const value of values) form.append(name, value);
  }
  return form;
}

describe("a form with files", () => {
  it("has its texts read behind half a gigabyte of photos, of which nothing is held", async () => {
    const begin = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="photo"; filename="large.jpg"\r\n\r\n',
    );
    const end = Buffer.from(
      '\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n高山苹果\r\n--b--\r\n',
    );
    const piece = Buffer.alloc(4 * 1024 * 1024);
    let left = 128;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(begin),
      pull(controller) {
        controller.enqueue(left-- > 0 ? piece : end);
        if (left < 0) controller.close();
      },
    });
    const floor = room();
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const request = new Request("http://t/", { method: "POST", headers, body, duplex: "half" });
    const upload = await readUpload(request, floor, roomy);
    expect(upload?.form.get("title")).toBe("高山苹果");
    expect(upload?.files).toEqual([
      { number: 1, name: "large.jpg", isHere: false, reason: "too-large" },
    ]);
    expect(floor.length()).toBe(0);
  });

  it("is read as the platform reads it, whatever pieces it comes in", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom("\r\n--", "--", "\r\n", "\r", "", '"; filename="x'),
    );
    const part = fc.record({ name: text, value: text, isFile: fc.boolean() });
    const cuts = fc.array(fc.nat(4000), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), cuts, async (parts, at) => {
        const form = new FormData();
        for (const { name, value, isFile } of parts) {
          if (isFile) form.append(name, file(value, `f${name}`));
          else form.append(name, value);
        }
        const expected = await (await sent(form)).formData();
        const upload = await readUpload(await sent(form, at), room(), roomy);
        if (!upload) throw new Error("not read");
        const texts = [...expected].filter(([, value]) => typeof value === "string");
        expect([...upload.form]).toEqual(texts);
        const files = [...expected.values()].filter((value) => value instanceof File);
        expect(upload.files.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
        for (const [index, one] of upload.files.entries()) {
          if (!one.isHere) throw new Error(one.reason);
          const bytes = Buffer.from((await files[index]?.arrayBuffer()) ?? new ArrayBuffer(0));
          expect(Buffer.from(await one.read()).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("keeps every text and good file beside those that are too large, too many or without room", async () => {
    const form = formOf({
      title: ["雪梨"],
      photo: [
        file("good", "a"),
        file("x".repeat(101), "b"),
        file("y".repeat(90), "c"),
        file("z".repeat(90), "d"),
        file("last", "e"),
      ],
      price: ["29.90"],
    });
    const limits = { fileBytes: 100, allFilesBytes: 120 };
    const read = async (at: number[], most?: number) => {
      const upload = await readUpload(await sent(form, at), room(most), limits);
      expect([...(upload?.form ?? [])]).toEqual([
        ["title", "雪梨"],
        ["price", "29.90"],
      ]);
      return upload?.files.map((one) => [one.number, one.name, one.isHere || one.reason]);
    };
    const everyByte = Array.from({ length: 2_000 }, (_, at) => at);
    for (const at of [[], everyByte]) {
      expect(await read(at)).toEqual([
        [1, "a", true],
        [2, "b", "too-large"],
        [3, "c", true],
        [4, "d", "too-many"],
        [5, "e", true],
      ]);
    }
    expect((await read([], 50))?.map(([, , state]) => state)).toEqual([
      true,
      "too-large",
      "no-room",
      "no-room",
      true,
    ]);
  });

  it("holds no more of a huge text than tells that it is too long, nor of endless fields", async () => {
    const many = Array.from({ length: 300 }, (_, at) => String(at));
    const form = formOf({
      title: ["梨".repeat(200_000)],
      many,
      photo: many.map((at) => file("p", at)),
    });
    const upload = await readUpload(await sent(form), room(), roomy);
    const title = upload?.form.get("title");
    expect(String(title).length).toBeGreaterThan(10_000);
    expect(String(title).length).toBeLessThan(70_000);
    expect([...(upload?.form ?? [])]).toHaveLength(200);
    expect(upload?.files).toHaveLength(100);
    expect(upload?.files.filter(({ isHere }) => isHere)).toHaveLength(50);
  });

  it("that was cut off anywhere, or never was one, is none", async () => {
    const form = formOf({ title: ["雪梨"], photo: [file("pear", "a.jpg")] });
    const length = (await new Response(form).arrayBuffer()).byteLength;
    // The line break after the closing boundary is nothing that could be missed.
    for (let cut = 1; cut < length - 3; cut += 1) {
      expect(
        await readUpload(await sent(form, [cut], false), room(), roomy),
        String(cut),
      ).toBeNull();
    }
    const post = (body: string, type: string) =>
      readUpload(
        new Request("http://t/", { method: "POST", body, headers: { "content-type": type } }),
        room(),
        roomy,
      );
    const multipart = "multipart/form-data; boundary=b";
    const unchosen = '--b\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n';
    const empty = await post(`${unchosen}Content-Type: a/b\r\n\r\n\r\n--b--`, multipart);
    expect([empty?.files, [...(empty?.form ?? [1])]]).toEqual([[], []]);
    expect(await post("--b\r\nbroken", multipart)).toBeNull();
    expect(await post("--b\r\nX: y\r\n\r\nz\r\n--b--", multipart)).toBeNull();
    expect(await post(`--b\r\nX: ${"y".repeat(20_000)}\r\n\r\nz\r\n--b--`, multipart)).toBeNull();
    expect(await post("--b--", "multipart/form-data")).toBeNull();
    expect(await post("{}", "application/json")).toBeNull();
    expect([...((await post("a=b", "application/x-www-form-urlencoded"))?.form ?? [])]).toEqual([
      ["a", "b"],
    ]);
  });
});
