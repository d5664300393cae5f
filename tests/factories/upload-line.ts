import { readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach } from "vitest";
import * as begin from "#app/farm/uploads/begin.ts";
import * as piece from "#app/farm/uploads/piece.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { type Farm, openFarm, smallPhoto } from "./farm.ts";

type Headers_ = Record<string, string>;
export type Told = { status: number; headers: Headers_; text: string };
export type UploadLine = Awaited<ReturnType<typeof openUploadLine>>;

const routes = { "farm/uploads": begin, "farm/uploads/:key": piece };

/** The bytes of a photo of a few kilobytes. */
export const smallBytes = async () => Buffer.from(await (await smallPhoto()).arrayBuffer());

/** A farm and a line of its own for all tests of a file, none of which finds what another sent. */
export function onUploadLine(opened: (farm: Farm, line: UploadLine) => void): void {
  let farm: Farm;
  let line: UploadLine;
  beforeAll(async () => {
    farm = await openFarm();
    line = await openUploadLine(farm);
    opened(farm, line);
  });
  beforeEach(() => line.forgetAll());
  afterAll(async () => {
    await line.close();
    await farm.close();
  });
}

/** A phone's line to the uploads, over real HTTP, that can be cut anywhere. */
export async function openUploadLine(farm: Farm, changed: Partial<Services> = {}) {
  const origin = "http://market.test";
  const arriving = join(farm.folder, "arriving");
  const services = {
    ...(farm.args(farm.farmer).context as unknown as Services),
    ...{ publicUrl: origin, log: createLogger("test", "silent"), ...changed },
  };
  const { port, close } = await serveRoutes(routes, services);
  // Each test sends from an address of its own.
  const address = () =>
    `10.1.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`;

  function open(method: string, path: string, headers: Headers_, by: Headers = farm.farmer) {
    const told = Promise.withResolvers<Told>();
    const outgoing = httpRequest({ port, method, path, host: "127.0.0.1" }, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      answer.on("end", () =>
        told.resolve({
          ...{ status: answer.statusCode ?? 0, text },
          headers: answer.headers as Headers_,
        }),
      );
      answer.on("error", told.reject);
    });
    const cookie = by.get("cookie");
    const all = {
      ...{ Origin: origin, "Tus-Resumable": "1.0.0", "X-Forwarded-For": address() },
      ...(cookie && { Cookie: cookie }),
      ...headers,
    };
    for (const [name, value] of Object.entries(all)) if (value) outgoing.setHeader(name, value);
    outgoing.on("error", told.reject);
    told.promise.catch(() => {}); // a line that is cut on purpose
    return { outgoing, told: told.promise };
  }

  function ask(method: string, path: string, headers: Headers_ = {}, body?: Buffer, by?: Headers) {
    const { outgoing, told } = open(method, path, headers, by);
    outgoing.end(body);
    return told;
  }

  const offsetHeaders = (offset: number, length: number) => ({
    ...{ "Upload-Offset": String(offset), "Content-Length": String(length) },
    "Content-Type": "application/offset+octet-stream",
  });

  /** Begins an upload; its path is in the answer. */
  function begin(length: number, { key = uuidv7(), draft = "" } = {}, by?: Headers) {
    const pairs = Object.entries({ key, draft }).filter(([, value]) => value);
    const metadata = pairs.map(([name, value]) => `${name} ${btoa(value)}`).join(",");
    const headers = { "Upload-Length": String(length), "Upload-Metadata": metadata };
    return ask("POST", "/farm/uploads", headers, undefined, by);
  }

  return {
    ask,
    begin,
    offsetHeaders,
    /** Begins an upload that is taken; gives its path. */
    async begun(length: number, what: { key?: string; draft?: string } = {}) {
      const { status, headers } = await begin(length, what);
      if (status !== 201) throw new Error(`an upload was answered ${status}`);
      return headers.location ?? "";
    },
    /** The files in which photos lie that are not whole. */
    arriving: () => readdir(arriving).catch(() => []),
    async forgetAll() {
      await farm.db.deleteFrom("photo_uploads").execute();
      await rm(arriving, { recursive: true, force: true });
    },
    patch: (path: string, offset: number, body: Buffer, by?: Headers) =>
      ask("PATCH", path, offsetHeaders(offset, body.byteLength), body, by),
    async offsetOf(path: string): Promise<number> {
      return Number((await ask("HEAD", path)).headers["upload-offset"]);
    },
    /** Says it will send all the rest, sends a part of it, and is gone. */
    async cut(path: string, offset: number, rest: Buffer, sent: number) {
      const { outgoing } = open("PATCH", path, offsetHeaders(offset, rest.byteLength));
      await new Promise<void>((resolve) => outgoing.write(rest.subarray(0, sent), () => resolve()));
      return { hangUp: () => outgoing.destroy(), outgoing };
    },
    close,
  };
}
