import type { LoaderFunctionArgs } from "@remix-run/server-runtime";

/** Pages that stand ready, the same for all: to send one that nobody opens costs next to nothing. */
const READY = ["/", "/produce/*", "/categories/*", "/counties/*", "/cooperatives/*"];
const DRAWN = ["/produce/*/photos/*", "/produce/*/reviews"];

/**
 * Which pages a browser may fetch before they are opened, where it can: of a pointer as soon as it
 * rests on a link; of a phone, whose data costs, not before the finger is down. Named by a header of
 * the shop's pages (packed-page.ts), because they carry no script. A browser that saves data leaves
 * it altogether.
 */
export function loader({ request }: LoaderFunctionArgs): Response {
  const isPhone = request.headers.get("sec-ch-ua-mobile") === "?1";
  const where = { and: [{ href_matches: READY }, { not: { href_matches: DRAWN } }] };
  const rules = { prefetch: [{ where, eagerness: isPhone ? "conservative" : "moderate" }] };
  return new Response(JSON.stringify(rules), {
    headers: {
      "Content-Type": "application/speculationrules+json",
      "Cache-Control": "public, max-age=86400",
      Vary: "Sec-CH-UA-Mobile",
    },
  });
}
