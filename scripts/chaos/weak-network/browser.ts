import { request } from "node:http";
import type { Cut, WeakLine } from "./weak-line.ts";

export type Fields = Record<string, string>;
export type Answer = { status: number; location: string; html: string };
export type Sent = { path: string; fields?: Fields; photo?: Buffer };

const CUT_OFF = new Error("the line broke");

/** How a step is disturbed; `tabs` sends it from two tabs, one of which loses its answer. */
export type Weakness = { cut: Cut; tabs: boolean };

function multipart(fields: Fields, photo: Buffer) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.append("photo", new File([new Uint8Array(photo)], "a.jpg", { type: "image/jpeg" }));
  return new Response(form);
}

async function bodyOf({ fields, photo }: Sent) {
  if (!fields) return null;
  const made = photo ? multipart(fields, photo) : new Response(new URLSearchParams(fields));
  const type = made.headers.get("content-type") ?? "";
  return { type, bytes: Buffer.from(await made.arrayBuffer()) };
}

/** A browser without scripts on a weak line: cookies, forms, and a person who tries again. */
export function openBrowser(line: WeakLine, kept: ReadonlyMap<string, string> = new Map()) {
  const cookies = new Map(kept);
  const host = `127.0.0.1:${line.port}`;

  async function send(sent: Sent): Promise<Answer> {
    const body = await bodyOf(sent);
    const headers: Record<string, string> = { host, connection: "close" };
    if (cookies.size > 0) {
      headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    }
    if (body) {
      headers["content-type"] = body.type;
      headers["content-length"] = String(body.bytes.length);
      headers.origin = `http://${host}`;
    }
    return new Promise((resolve, reject) => {
      const { path } = sent;
      const method = body ? "POST" : "GET";
      const to = { host: "127.0.0.1", port: line.port, path, method, headers, agent: false };
      const asking = request(to, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("aborted", () => reject(CUT_OFF));
        answer.on("error", reject);
        answer.on("end", () => {
          if (!answer.complete) return reject(CUT_OFF);
          for (const cookie of answer.headers["set-cookie"] ?? []) {
            const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
            cookies.set(name, value);
          }
          const html = Buffer.concat(chunks).toString();
          const location = (answer.headers.location ?? "").replace(/^https?:\/\/[^/]+/, "");
          resolve({ status: answer.statusCode ?? 0, location, html });
        });
      });
      asking.setTimeout(60_000, () => asking.destroy(new Error("no answer in a minute")));
      asking.on("error", reject);
      asking.end(body?.bytes);
    });
  }

  return {
    send,
    cookies,
    /** Sends on the weak line, and once more when nothing came back, as a person does. */
    async insist(sent: Sent, weakness: Weakness | null): Promise<Answer> {
      if (!weakness) return send(sent);
      line.breakNext(weakness.cut);
      const first = send(sent).catch(() => null);
      const other = weakness.tabs ? send(sent).catch(() => null) : null;
      const [one, two] = await Promise.all([first, other]);
      // The reload of the page before, then the form again, with the keys it had.
      if (weakness.tabs) await send({ path: sent.path }).catch(() => null);
      const again = await send(sent);
      return one ?? two ?? again;
    },
  };
}
export type Browser = ReturnType<typeof openBrowser>;

const plain = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
const attribute = (tag: string, name: string) =>
  plain(new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1] ?? "");

/** The fields of the form in `main` that has all of these names, as the page filled them. */
export function formWith(html: string, ...names: string[]): Fields {
  const main = html.slice(html.indexOf("<main"));
  for (const [form] of main.matchAll(/<form[\s\S]*?<\/form>/g)) {
    const fields: Fields = {};
    for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
      const type = attribute(tag, "type");
      const isOff = ["radio", "checkbox"].includes(type) && !/\schecked/.test(tag);
      const name = attribute(tag, "name");
      if (name && type !== "file" && !isOff) fields[name] = attribute(tag, "value");
    }
    for (const [select, tag = ""] of form.matchAll(/(<select\b[^>]*>)[\s\S]*?<\/select>/g)) {
      const chosen = /<option\b[^>]*\sselected[^>]*>/.exec(select)?.[0] ?? "";
      fields[attribute(tag, "name")] = attribute(chosen, "value");
    }
    for (const [, tag = "", text = ""] of form.matchAll(
      /(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g,
    )) {
      fields[attribute(tag, "name")] = plain(text.replace(/^\n/, ""));
    }
    if (names.every((name) => name in fields)) return fields;
  }
  throw new Error(`the page has no form with ${names.join(", ")}`);
}
