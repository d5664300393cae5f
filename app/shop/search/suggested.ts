import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { searchSuggestions } from "#search/query.ts";

/** No name on the market is longer; each letter more only costs. */
const LONGEST_TEXT = 40;
/** As old as the names themselves may be. */
const GOOD_FOR_SECONDS = 60;

/** Names that fit what is typed so far, for the list below a search box: at most six. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { db, locale } = context;
  const typed = (new URL(request.url).searchParams.get("q") ?? "").replaceAll("\0", "").trim();
  const text = [...typed].slice(0, LONGEST_TEXT).join("");
  const headers = {
    "Cache-Control": `private, max-age=${GOOD_FOR_SECONDS}`,
    Vary: "Cookie",
    "X-Robots-Tag": "noindex",
  };
  return Response.json(text ? await searchSuggestions(db, text, locale) : [], { headers });
}
