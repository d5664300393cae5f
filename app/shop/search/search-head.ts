import type { MetaDescriptor } from "@remix-run/react";
import type { Locale } from "#app/i18n/locale.ts";
import { headOf } from "../found/head.ts";
import { type Asked, chosenFilters, searchHref } from "./asked.ts";

/**
 * How a search is found by machines. All that is on sale has an address of its own, page by page;
 * what is asked for in somebody's own words, narrowed or put into another order only repeats it and
 * the shelves, in as many ways as anybody likes: no page to be found, nor one to go on from.
 */
export function searchHead(
  asked: Asked,
  context: { publicUrl: string; locale: Locale },
  words: { title: string; description: string },
): MetaDescriptor[] {
  const isOwn = asked.text !== "" || asked.sort !== "relevance" || chosenFilters(asked).length > 0;
  const head = headOf(context, { ...words, path: searchHref(asked, { page: asked.page }) });
  return isOwn ? [...head, { name: "robots", content: "noindex, nofollow" }] : head;
}
