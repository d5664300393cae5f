import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readShelfCodes } from "#app/domain/listings/read-sitemap.ts";
import { escapeXml, HEAD, NAMESPACE, xml } from "./xml.ts";

/** The home page, the crops, the counties and the cooperatives. Households are not to be looked up. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  const { db, publicUrl } = context;
  const { categories, counties, cooperatives } = await readShelfCodes(db);
  const paths = [
    "/",
    ...categories.map((code) => `/categories/${code}`),
    ...counties.map((code) => `/counties/${code}`),
    ...cooperatives.map((slug) => `/cooperatives/${slug}`),
  ];
  const entries = paths.map((path) => `<url><loc>${escapeXml(publicUrl + path)}</loc></url>`);
  return xml(`${HEAD}<urlset ${NAMESPACE}>${entries.join("\n")}</urlset>\n`);
}
