import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { readOwnMaster } from "#app/domain/photos/read-own-master.ts";

const HEADERS = { "X-Content-Type-Options": "nosniff" };

/** A photo of hers that no pictures are made of yet, for her eyes alone. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const scope = await requireHousehold(request, context);
  const id = params.photo ?? "";
  const bytes = isUuid(id) ? await readOwnMaster(context.db, context.photos, scope, id) : null;
  if (bytes === "away") {
    return new Response(null, { status: 503, headers: { ...HEADERS, "Retry-After": "5" } });
  }
  if (!bytes) {
    return new Response(null, {
      status: 404,
      headers: { ...HEADERS, "Cache-Control": "no-store" },
    });
  }
  return new Response(Uint8Array.from(bytes), {
    headers: { ...HEADERS, "Content-Type": "image/jpeg", "Cache-Control": "private, max-age=600" },
  });
}
