import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { readStretch } from "#app/domain/listings/read-sitemap.ts";
import { escapeXml, HEAD, NAMESPACE, xml } from "./xml.ts";

const AT_A_TIME = 1_000;

/** A part of the listings, read and sent a thousand at a time: no part stands in memory whole. */
export function loader({ request, context }: LoaderFunctionArgs): Response {
  const { db, publicUrl } = context;
  const { searchParams } = new URL(request.url);
  const before = searchParams.get("before");
  let from = searchParams.get("from") ?? "";
  if (!isUuid(from) || (before !== null && !isUuid(before))) {
    throw new Response("Not Found", { status: 404 });
  }
  const utf8 = new TextEncoder();
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      if (isFirst) stream.enqueue(utf8.encode(`${HEAD}<urlset ${NAMESPACE}>`));
      // One more than is sent: where the next thousand begins.
      const rows = await readStretch(db, { from, before, limit: AT_A_TIME + 1 });
      isFirst = false;
      const entries = rows.slice(0, AT_A_TIME).map(({ id, changedOn }) => {
        const loc = escapeXml(`${publicUrl}/produce/${id}`);
        return `<url><loc>${loc}</loc><lastmod>${changedOn}</lastmod></url>\n`;
      });
      stream.enqueue(utf8.encode(entries.join("")));
      const next = rows[AT_A_TIME];
      if (next) {
        from = next.id;
        return;
      }
      stream.enqueue(utf8.encode("</urlset>\n"));
      stream.close();
    },
  });
  return xml(body);
}
