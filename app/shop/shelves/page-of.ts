const CARDS_A_PAGE = 24;

/** Which page of a shelf the URL asks for: the one after the listing `before`. */
export function pageOf(request: Request): { before: string | null; limit: number } {
  return { before: new URL(request.url).searchParams.get("before"), limit: CARDS_A_PAGE };
}

/** The page's own address: what else stands in its query shows nothing else. */
export function pathOf(href: string, before: string | null): string {
  return before ? `${href}?before=${encodeURIComponent(before)}` : href;
}

export function notFound(): never {
  throw new Response("Not Found", { status: 404 });
}
