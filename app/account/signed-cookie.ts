import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

export type CookieOptions = { secret: string; isHttps: boolean };

/**
 * A cookie that only we can make: signed for its own name and time, so that nobody can plant a
 * content of his own, or that of another cookie, in somebody's browser. No script can read it.
 */
export function createSignedCookie<Content>(
  name: string,
  content: z.ZodType<Content>,
  { secret, isHttps, lifetimeSeconds }: CookieOptions & { lifetimeSeconds: number },
) {
  const fullName = isHttps ? `__Host-${name}` : name;
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isHttps ? "; Secure" : ""}`;
  const schema = z.object({ content, until: z.number() });
  const sign = (payload: string) =>
    createHmac("sha256", secret).update(`${name}-cookie:${payload}`).digest();

  return {
    write(written: Content): string {
      const until = Date.now() + lifetimeSeconds * 1000;
      const payload = Buffer.from(JSON.stringify({ content: written, until })).toString(
        "base64url",
      );
      const value = `${payload}.${sign(payload).toString("base64url")}`;
      return `${fullName}=${value}${attributes}; Max-Age=${lifetimeSeconds}`;
    },
    read(headers: Headers): Content | null {
      const cookies = (headers.get("cookie") ?? "").split(/; */);
      const value = cookies.find((cookie) => cookie.startsWith(`${fullName}=`));
      const [payload = "", signature = ""] = value?.slice(fullName.length + 1).split(".") ?? [];
      const given = Buffer.from(signature, "base64url");
      const right = sign(payload);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const read = schema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
      return read.until > Date.now() ? read.content : null;
    },
    clear: () => `${fullName}=${attributes}; Max-Age=0`,
  };
}
