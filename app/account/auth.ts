import type { Locale } from "#app/i18n/locale.ts";

export type SignedIn = { userId: string; phone: string; signedInAt: Date };

export type CodeRequest = { phone: string; address: string; locale: Locale };
export type CodeRequested =
  | { ok: true }
  | { ok: false; reason: "too-many-codes"; retryAfterSeconds: number }
  | { ok: false; reason: "sms-unavailable" };

export type CodeEntry = { phone: string; code: string; address: string; headers: Headers };
export type CodeEntered =
  | { ok: true; userId: string; setCookies: string[] }
  | { ok: false; reason: "code-wrong"; triesLeft: number }
  | { ok: false; reason: "code-over" }
  | { ok: false; reason: "too-many-tries"; retryAfterSeconds: number };

/** Signing in by phone and code, sessions by cookie. */
export type Auth = {
  /** Whose session the request's cookie is; null when there is none or it has ended. */
  readSession(headers: Headers): Promise<SignedIn | null>;
  /** Texts a fresh code. The answer is the same whether or not anyone has this number. */
  requestCode(input: CodeRequest): Promise<CodeRequested>;
  /** Spends a code; ends the session that the request came with and starts a new one. */
  signIn(input: CodeEntry): Promise<CodeEntered>;
  /** Ends the session; the cookies to set make the browser forget it. */
  signOut(headers: Headers): Promise<string[]>;
};
