import type { AppLoadContext } from "@remix-run/server-runtime";
import { currentUser, requireCoop, requireHousehold } from "#app/account/guards.ts";
import { readHousehold } from "#app/domain/consents/read-household.ts";
import { MAX_PHOTO_BYTES } from "#app/domain/photos/photo-rules.ts";
import type { PhotoUpload } from "#app/domain/photos/read-upload.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import { isSameHousehold } from "#app/forms/household-key.ts";
import { translator } from "#app/i18n/translate.ts";

const VERSION = "1.0.0";
const EVERY_ANSWER = { "Tus-Resumable": VERSION, "Cache-Control": "no-store" };

export const uploadPath = (key: string) => `/farm/uploads/${key}`;

export function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...EVERY_ANSWER, ...headers } });
}

/** What this server can do, for whoever asks first. */
export const abilities = () =>
  answer(204, {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,expiration,termination",
    "Tus-Max-Size": String(MAX_PHOTO_BYTES),
  });

/**
 * Whose uploads these are. Throws 412 for another version of the protocol, 401 for whoever is not
 * signed in (a script cannot follow to the sign-in page) or for another household than the one whose
 * photo the phone kept, 403 for whoever farms for no household. A manager names the household for
 * which she sends them (For-Household): 403 where it is none of her cooperative's.
 */
export async function tusScope(request: Request, context: AppLoadContext): Promise<SellerScope> {
  if (request.headers.get("Tus-Resumable") !== VERSION) {
    throw answer(412, { "Tus-Version": VERSION });
  }
  if (!(await currentUser(request, context))) throw refuse(context, 401, "sign-in");
  const named = request.headers.get("For-Household");
  if (named) {
    const found = await readHousehold(
      context.db,
      await requireCoop(request, context, "sell"),
      named,
    );
    if (!found) throw answer(403);
    return found.onBehalf;
  }
  const scope = await requireHousehold(request, context);
  if (!isSameHousehold(request, scope)) throw refuse(context, 401, "sign-in");
  return scope;
}

/** A whole number of bytes, as the protocol writes it; null when it is none. */
export function bytesOf(header: string | null): number | null {
  return header && /^(0|[1-9]\d{0,14})$/.test(header) ? Number(header) : null;
}

/** The pairs of Upload-Metadata (tus 1.0.0, "Creation"); null when they are not well formed. */
export function metadataOf(header: string | null): Map<string, string> | null {
  const pairs = new Map<string, string>();
  for (const pair of header ? header.split(",") : []) {
    const [name = "", value = "", ...more] = pair.trim().split(" ");
    const isFine = /^[\x21-\x7e]+$/.test(name) && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    if (!isFine || more.length > 0 || pairs.has(name)) return null;
    pairs.set(name, Buffer.from(value, "base64").toString());
  }
  return pairs;
}

/** How far an upload is, what became of it, and until when it may take. */
export function stateOf({ photoId, expiresAt }: PhotoUpload, offset: number) {
  return {
    "Upload-Offset": String(offset),
    "Upload-Expires": expiresAt.toUTCString(),
    ...(photoId && { "Photo-Id": photoId }),
  };
}

/** Seconds after which to ask again, for what may come right by itself. */
const MENDS_IN: Record<string, number> = {
  "too-many-uploads": 60,
  "photo-store-away": 15,
  "photo-store-full": 60,
};

/**
 * A refusal with its reason in a header, and in words that the phone can show; with Retry-After
 * where it pays to ask again.
 */
export function refuse(
  { locale }: Pick<AppLoadContext, "locale">,
  status: number,
  reason: string,
  headers: Record<string, string> = {},
): Response {
  const own = translator(locale, "farmPhoto");
  const words = translator(locale, "errors");
  const wait = MENDS_IN[reason];
  const isOwn = own.has(`refused.${reason}` as "refused.upload-unknown");
  const said = isOwn
    ? own(`refused.${reason}` as "refused.upload-unknown")
    : words(reason as "photo-damaged");
  return new Response(`${said}\n`, {
    status,
    headers: {
      ...EVERY_ANSWER,
      "Content-Type": "text/plain; charset=utf-8",
      "Photo-Refused": reason,
      ...(wait && { "Retry-After": String(wait) }),
      ...headers,
    },
  });
}
