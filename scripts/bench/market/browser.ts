import { Agent, request } from "node:http";
import { gunzipSync } from "node:zlib";

export type Answer = {
  status: number;
  location: string;
  /** Of the body as it came over the line, compressed if it was. */
  bytes: number;
  text(): string;
};

/** A browser as far as a server can tell: cookies, one connection kept open, an address of its own. */
export type Browser = {
  get(path: string): Promise<Answer>;
  /** Sends a form of the page it stands on. */
  post(path: string, fields: FormFields): Promise<Answer>;
  close(): void;
};

/** Pairs where a name comes more than once. */
export type FormFields = Record<string, string> | string[][];

const PATIENCE_MS = 60_000;

/**
 * On Linux every 127.x.y.z is this machine: each number is an address of its own, so that what
 * the market allows one address a minute stays as it is. Elsewhere there is only one.
 */
export function addressNumber(number: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  const at = number % (200 * 250 * 250);
  return `127.${10 + Math.floor(at / 62_500)}.${Math.floor(at / 250) % 250}.${1 + (at % 250)}`;
}

/** A new browser; `cookies` are those it has already, as Set-Cookie lines. */
export function openBrowser(
  origin: string,
  localAddress: string | undefined,
  cookies: readonly string[] = [],
): Browser {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const jar = new Map<string, string>();
  const take = (lines: readonly string[] = []) => {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value !== undefined) jar.set(name, value);
    }
  };
  take(cookies);

  function send(method: "GET" | "POST", path: string, body?: string): Promise<Answer> {
    const headers: Record<string, string> = { "accept-encoding": "gzip", accept: "text/html" };
    if (jar.size > 0) headers.cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    if (body !== undefined) {
      headers.origin = origin;
      headers["content-type"] = "application/x-www-form-urlencoded";
      headers["content-length"] = String(Buffer.byteLength(body));
    }
    const url = new URL(path, origin);
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers, agent, localAddress }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          take(answer.headers["set-cookie"]);
          const bytes = Buffer.concat(chunks);
          const isPacked = answer.headers["content-encoding"] === "gzip";
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? "",
            bytes: bytes.byteLength,
            text: () => (isPacked ? gunzipSync(bytes) : bytes).toString(),
          });
        });
      });
      asked.setTimeout(PATIENCE_MS, () => asked.destroy(new Error(`${method} ${path} hangs`)));
      asked.on("error", reject);
      asked.end(body);
    });
  }

  return {
    get: (path) => send("GET", path),
    post: (path, fields) => send("POST", path, new URLSearchParams(fields).toString()),
    close: () => agent.destroy(),
  };
}

/** The answer, if it is the one that the page must give; throws with what came instead. */
export function expectStatus(answer: Answer, status: number, what: string): Answer {
  if (answer.status === status) return answer;
  const words = answer.text().replace(/<(style|script).*?<\/\1>|<[^>]*>/gs, " ");
  const shown = words.replace(/\s+/g, " ").slice(0, 300);
  throw new Error(`${what} was answered ${answer.status} ${answer.location}: ${shown}`);
}

/** The values of all fields of that name, in the page's order. */
export function fieldsIn(html: string, name: string): string[] {
  const tags = html.matchAll(new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`, "g"));
  return [...tags].map(([tag]) => fieldIn(tag, name));
}

/** The value of a hidden or filled field in a page. */
export function fieldIn(html: string, name: string): string {
  const tag = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(html)?.[0] ?? "";
  const value = /\bvalue="([^"]*)"/.exec(tag)?.[1];
  if (value === undefined) throw new Error(`the page has no field ${name}`);
  return value;
}
