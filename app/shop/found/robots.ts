import type { LoaderFunctionArgs } from "@remix-run/server-runtime";

/**
 * What is somebody's own and what staff use; all else may be found, or says itself that it is not to
 * be: who keeps out of a search never reads that.
 * Each is the beginning of an address, so the cooperatives' pages must not begin with the staff's.
 */
const KEPT_OUT = [
  ...["/cart", "/checkout", "/orders", "/account", "/join", "/sign-in", "/consent/"],
  ...["/farm", "/coop/", "/coop$", "/relief", "/operations", "/sandbox"],
  // A county may know its own people by less than a name.
  "/households/",
];

export function loader({ context }: LoaderFunctionArgs): Response {
  const lines = [
    "User-agent: *",
    ...KEPT_OUT.map((path) => `Disallow: ${path}`),
    `Sitemap: ${context.publicUrl}/sitemap.xml`,
  ];
  return new Response(`${lines.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
