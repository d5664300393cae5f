import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import * as notFound from "#app/not-found.tsx";
import * as sitemap from "#app/shop/found/sitemap.ts";
import * as sitemapListings from "#app/shop/found/sitemap-listings.ts";
import * as sitemapPages from "#app/shop/found/sitemap-pages.ts";
import * as home from "#app/shop/home/page.tsx";
import * as produce from "#app/shop/produce/page.tsx";
import * as photo from "#app/shop/produce/photo.tsx";
import * as search from "#app/shop/search/page.tsx";
import * as suggested from "#app/shop/search/suggested.ts";
import * as category from "#app/shop/shelves/category.tsx";
import * as cooperative from "#app/shop/shelves/cooperative.tsx";
import * as county from "#app/shop/shelves/county.tsx";
import * as household from "#app/shop/shelves/household.tsx";
import { createPostgresSearch } from "#search/postgres.ts";
import { reindex } from "#search/reindex.ts";
import { createTestDatabase } from "#tests/setup/database.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import { makeSearchMarket } from "./search.ts";

export const SHOP_URL = "http://market.test";

/** The shop's front over HTTP, before the small market of three counties. */
export async function openShopFront() {
  const database = await createTestDatabase();
  const { db } = database;
  const ids = await makeSearchMarket(db);
  await reindex(db, undefined);
  const services = {
    ...{
      db,
      search: createPostgresSearch(db),
      publicUrl: SHOP_URL,
      log: createLogger("test", "silent"),
    },
    auth: { readSession: async () => null },
  } as unknown as Services;
  const pages = {
    search,
    "search/suggestions": suggested,
    "produce/:listingId": produce,
    "produce/:listingId/photos/:number": photo,
    "categories/:code": category,
    "counties/:code": county,
    "cooperatives/:slug": cooperative,
    "households/:alias": household,
    "sitemap.xml": sitemap,
    "sitemap/pages.xml": sitemapPages,
    "sitemap/listings.xml": sitemapListings,
    "*": notFound,
  };
  const { get, close } = await servePages({ "/": home, ...pages }, services);
  return {
    db,
    get,
    /** A listing's id by the name that the tests speak of. */
    id: (key: string) => ids[key] as string,
    close: async () => {
      await close();
      await database.drop();
    },
  };
}
