import { boundedMap } from "./bounded-map.ts";
import { type PackedPage, packPage } from "./packed-page.ts";
import type { About, SharedPage } from "./shared-page.ts";

const MEGABYTE = 1024 * 1024;

/** How long a page lives while nobody tells of a change, from when its data was first asked for. */
type Life = { freshMs: number; staleMs: number };

/**
 * A listing's page says how much is left, and no order tells us (0055_shop_news.sql): it is drawn anew
 * after a second, and what stands ready is shown for one more while one request draws it. Two seconds
 * also keep apart the forms of two tabs, which hold the page's key. Shelves show
 * nothing of a listing that is not told; a minute is for what changes with the clock, as the season
 * does, and for which of them are almost gone.
 */
const LIFE_OF_STOCK: Life = { freshMs: 1_000, staleMs: 2_000 };
const LIFE: Life = { freshMs: 60_000, staleMs: 62_000 };

type Kept = PackedPage & { about: About; madeAt: number };

type Options = {
  /** The headers that every page has. */
  secured: Readonly<Record<string, string>>;
  mostBytes?: number;
  /** Of these, pages of searches by words: whoever makes up words cannot drive out the rest. */
  mostBytesOfWords?: number;
  now?: () => number;
};

export type PageCache = ReturnType<typeof createPageCache>;

/** Shared pages, packed and ready. Nothing is kept before the news of changes are heard. */
export function createPageCache({
  secured,
  mostBytes = 48 * MEGABYTE,
  mostBytesOfWords = 8 * MEGABYTE,
  now = Date.now,
}: Options) {
  const ofWords = boundedMap<Kept>(mostBytesOfWords);
  const others = boundedMap<Kept>(mostBytes);
  const mapOf = ({ isOfWords }: SharedPage) => (isOfWords ? ofWords : others);
  const underWay = new Map<string, Promise<PackedPage | null>>();
  let isHearing = false;
  /** Counts the changes told so far: the version of all data that pages show, as this process knows it. */
  let version = 0;

  function forget(isOld: (page: { about: About }) => boolean): void {
    version++;
    // Who asks from now on must not be given what was begun before.
    underWay.clear();
    ofWords.dropWhere(isOld);
    others.dropWhere(isOld);
  }

  /** The page, if it stands ready and is young enough to be shown. */
  function find(page: SharedPage): PackedPage | undefined {
    const kept = mapOf(page).get(page.key);
    if (!kept) return undefined;
    const { freshMs, staleMs } = kept.about === "stock" ? LIFE_OF_STOCK : LIFE;
    const age = now() - kept.madeAt;
    if (age < freshMs || (age < staleMs && underWay.has(page.key))) return kept;
    return undefined;
  }

  async function drawAndKeep(
    page: SharedPage,
    draw: () => Promise<string | null>,
  ): Promise<PackedPage | null> {
    const began = { version, madeAt: now() };
    const html = await draw();
    if (html === null) return null;
    const packed = await packPage(html, secured);
    // What was read before a change may be what stood before it.
    if (isHearing && version === began.version) {
      mapOf(page).set(page.key, { ...packed, about: page.about, madeAt: began.madeAt });
    }
    return packed;
  }

  return {
    find,
    isHearing: () => isHearing,
    bytes: () => ofWords.bytes() + others.bytes(),
    /** The page that another request is having drawn at this moment. */
    awaited: (page: SharedPage) => underWay.get(page.key),
    /** Has a page drawn, packs it and keeps it; null where `draw` says that it is not to be shared. */
    async fill(page: SharedPage, draw: () => Promise<string | null>): Promise<PackedPage | null> {
      const filling = drawAndKeep(page, draw);
      underWay.set(page.key, filling);
      try {
        return await filling;
      } finally {
        if (underWay.get(page.key) === filling) underWay.delete(page.key);
      }
    },
    /** Hears the news of the database: a listing's id, "ledger", or "" for anything. */
    opened(): void {
      forget(() => true);
      isHearing = true;
    },
    said(news: string): void {
      // A listing stands on any shelf, and beside others that are like it.
      forget(({ about }) => (about === "ledger") === (news === "ledger") || news === "");
    },
    lost(): void {
      isHearing = false;
      forget(() => true);
    },
  };
}
