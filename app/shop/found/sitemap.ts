import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readListingStretches } from "#app/domain/listings/read-sitemap.ts";
import { escapeXml, HEAD, NAMESPACE, xml } from "./xml.ts";

/** Sitemaps may hold 50,000 addresses; a part that is read again after every change had better not. */
const LISTINGS_A_PART = 10_000;

/** The index: one part for the pages, and as many as it takes for the listings. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  const { db, publicUrl } = context;
  const stretches = await readListingStretches(db, LISTINGS_A_PART);
  const parts = [
    "/sitemap/pages.xml",
    ...stretches.map(({ from, before }) => {
      const said = new URLSearchParams({ from, ...(before && { before }) });
      return `/sitemap/listings.xml?${said}`;
    }),
  ];
  const entries = parts.map(
    (path) => `<sitemap><loc>${escapeXml(publicUrl + path)}</loc></sitemap>`,
  );
  return xml(`${HEAD}<sitemapindex ${NAMESPACE}>${entries.join("\n")}</sitemapindex>\n`);
}
