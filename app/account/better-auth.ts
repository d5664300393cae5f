import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import { phoneNumber } from "better-auth/plugins/phone-number";
import { isStaff, readRoles } from "#app/domain/people/read-roles.ts";
import type { Services } from "#app/load-context.ts";

const SESSION_SECONDS = 30 * 24 * 60 * 60;
const STAFF_SESSION_SECONDS = 12 * 60 * 60;

type Options = {
  db: Services["db"];
  secret: string;
  baseUrl: string;
  /** True once for a ticket that stands for a code which our own table has just spent. */
  takeTicket: (ticket: string) => boolean;
  onError: (message: string) => void;
};

/**
 * better-auth as we use it: users and sessions. Its HTTP handler is never mounted. Its own codes
 * are not used, because it would keep them in clear; `verifyOTP` takes a ticket instead.
 */
export function createBetterAuth({ db, secret, baseUrl, takeTicket, onError }: Options) {
  const isHttps = baseUrl.startsWith("https://");
  return betterAuth({
    secret,
    baseURL: baseUrl,
    database: { db, type: "postgres", schemaName: "auth", transaction: true },
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
      database: { joins: true },
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
        verifyOTP: ({ code }) => takeTicket(code),
        signUpOnVerification: {
          // The table wants an address; this one leads nowhere and says nothing.
          getTempEmail: () => `${randomUUID()}@phone.invalid`,
          getTempName: () => "",
        },
      }),
    ],
  });
}
