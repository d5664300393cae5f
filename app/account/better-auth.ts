import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { phoneNumber } from "better-auth/plugins/phone-number";
import { z } from "zod";
import { isStaff, readRoles } from "#app/domain/people/read-roles.ts";
import type { Services } from "#app/load-context.ts";

const SESSION_SECONDS = 30 * 24 * 60 * 60;
const STAFF_SESSION_SECONDS = 12 * 60 * 60;

type Options = {
  db: Services["db"];
  secret: string;
  baseUrl: string;
  /** Our own table has just found a code right, in the transaction that `db` is. */
  isCodeRight: boolean;
  onError: (message: string) => void;
};

/** The cookie of a session that lives already, for a form that is sent a second time. */
const resumeSession = createAuthEndpoint(
  "/resume-session",
  { method: "POST", body: z.object({ token: z.string() }) },
  async (ctx) => {
    const found = await ctx.context.internalAdapter.findSession(ctx.body.token);
    if (!found) throw new Error("a session was resumed that has ended");
    await setSessionCookie(ctx, found);
    return ctx.json({ token: found.session.token, user: { id: found.user.id } });
  },
);

/**
 * better-auth as we use it: users and sessions. Its HTTP handler is never mounted. Its own codes
 * are not used, because it would keep them in clear: `verifyOTP` says what our own table has found.
 */
export function createBetterAuth({ db, secret, baseUrl, isCodeRight, onError }: Options) {
  const isHttps = baseUrl.startsWith("https://");
  return betterAuth({
    secret,
    baseURL: baseUrl,
    database: { db, type: "postgres", schemaName: "auth", transaction: false },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: "error", log: (_level, message) => onError(message) },
    // No sliding: a session that could be made longer by use would make staff's endless.
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    advanced: {
      // The name carries the __Host- prefix itself; better-auth would put __Secure- before it.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: isHttps ? "__Host-session" : "session",
          attributes: { secure: isHttps, httpOnly: true, sameSite: "lax", path: "/" },
        },
      },
      ipAddress: { disableIpTracking: true },
      // The tables are looked at once, by the instance that lives, not at each sign-in.
      database: { joins: true, validateSchema: !isCodeRight },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const staff = isStaff(await readRoles(db, session.userId));
            const expiresAt = new Date(Date.now() + STAFF_SESSION_SECONDS * 1000);
            const lasts = staff ? { expiresAt } : {};
            return { data: { ...session, ...lasts, ipAddress: "", userAgent: "" } };
          },
        },
      },
    },
    plugins: [
      phoneNumber({
        sendOTP() {
          throw new Error("codes are sent by requestCode, which keeps them hashed");
        },
        verifyOTP: () => isCodeRight,
        signUpOnVerification: {
          // The table wants an address; this one leads nowhere and says nothing.
          getTempEmail: () => `${randomUUID()}@phone.invalid`,
          getTempName: () => "",
        },
      }),
      { id: "resume-session", endpoints: { resumeSession } },
    ],
  });
}
