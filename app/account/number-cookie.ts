import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const LIFETIME_SECONDS = 15 * 60;

/**
 * Between asking for a code and entering it: whose code, the key of the page that asked, and where
 * to go after.
 */
export type AskedNumber = { phone: string; asker: string; to: string };

const schema = z.object({
  phone: z.string(),
  asker: z.string(),
  to: z.string(),
  until: z.number(),
});

/**
 * Keeps the number in a signed cookie, so that it stands in no address, no history and no log.
 * Signed, so that nobody can plant a number of his own in the browser of another.
 */
export function createNumberCookie({ secret, isHttps }: { secret: string; isHttps: boolean }) {
  const name = isHttps ? "__Host-asked" : "asked";
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isHttps ? "; Secure" : ""}`;
  const sign = (payload: string) =>
    createHmac("sha256", secret).update(`number-cookie:${payload}`).digest();

  return {
    write({ phone, asker, to }: AskedNumber): string {
      const content = { phone, asker, to, until: Date.now() + LIFETIME_SECONDS * 1000 };
      const payload = Buffer.from(JSON.stringify(content)).toString("base64url");
      const value = `${payload}.${sign(payload).toString("base64url")}`;
      return `${name}=${value}${attributes}; Max-Age=${LIFETIME_SECONDS}`;
    },
    read(headers: Headers): AskedNumber | null {
      const cookies = (headers.get("cookie") ?? "").split(/; */);
      const value = cookies.find((cookie) => cookie.startsWith(`${name}=`));
      const [payload = "", signature = ""] = value?.slice(name.length + 1).split(".") ?? [];
      const given = Buffer.from(signature, "base64url");
      const right = sign(payload);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const content = schema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
      const { until, ...asked } = content;
      return until > Date.now() ? asked : null;
    },
    clear: () => `${name}=${attributes}; Max-Age=0`,
  };
}
