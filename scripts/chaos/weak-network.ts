import { Random } from "#db/seed/random.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import type { Found, Ground } from "./ground.ts";
import { fillShelf } from "./shelf.ts";
import { openBrowser, type Weakness } from "./weak-network/browser.ts";
import { checkJourneys, type Journeys } from "./weak-network/check.ts";
import { buy, CHECKOUT_STEPS } from "./weak-network/checkout.ts";
import { LISTING_STEPS, offer, signIn } from "./weak-network/listing.ts";
import { type Cut, openWeakLine } from "./weak-network/weak-line.ts";

const FULL_ROUNDS = 12;
const AT_ONCE = 4;

/** At every boundary: nothing through, half, all of it; no answer, half of it, all but the end. */
const BOUNDARIES: Cut[] = [
  { side: "request", share: 0 },
  { side: "request", share: 0.5 },
  { side: "request", share: 1 },
  { side: "answer", share: 0 },
  { side: "answer", share: 0.5 },
  { side: "answer", share: 0.99 },
];
const QUICK_BOUNDARIES = BOUNDARIES.filter((_, at) => [1, 3, 4].includes(at));

const STEPS = { checkout: CHECKOUT_STEPS, listing: LISTING_STEPS };

type Journey = { name: string; kind: "checkout" | "listing"; step: number; weakness: Weakness };

/** The first round is the boundaries themselves; later ones break somewhere between them. */
function journeysOf(round: number, random: Random, boundaries: readonly Cut[]): Journey[] {
  const cuts = boundaries.map(({ side, share }) => ({
    side,
    share: round === 0 ? share : random.next(),
  }));
  const weaknesses = [
    ...cuts.map((cut) => ({ cut, tabs: false })),
    { cut: { side: "answer", share: 0 } as const, tabs: true },
  ];
  return (["checkout", "listing"] as const).flatMap((kind) =>
    STEPS[kind].flatMap((what, step) =>
      weaknesses.map((weakness) => {
        const { side, share } = weakness.cut;
        const where = `${(share * 100).toFixed(0)} % of the ${side}`;
        const tabs = weakness.tabs ? ", two tabs" : "";
        return { name: `${kind}: “${what}” cut at ${where}${tabs}`, kind, step, weakness };
      }),
    ),
  );
}

/** A reader of her own: the market counts what one address sends in a minute. */
const addressOf = (index: number) => `127.10.${(index >> 8) & 255}.${index & 255 || 1}`;

/**
 * Purchases and offers over a line that breaks at every boundary of every request and answer, sent
 * again, reloaded, in two tabs: one order, one charge, one listing, and nothing typed is lost.
 */
export async function weakNetwork(ground: Ground): Promise<Found> {
  const market = await ground.openMarket();
  const random = new Random(ground.size.seed);
  const photo = await phonePhoto({ width: 320, height: 240 });
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  const seen: Journeys = { orders: new Map(), titles: new Map() };
  const broken = new Map<string, string>();
  const farmer = await signIn(market.port);
  let cuts = 0;
  let index = 0;

  const walk = async (journey: Journey, produce: string) => {
    const line = await openWeakLine(market.port, addressOf(++index));
    const browser = openBrowser(line, journey.kind === "listing" ? farmer : undefined);
    const name = `${journey.name} (${index})`;
    try {
      if (journey.kind === "checkout") {
        seen.orders.set(name, await buy(browser, produce, journey));
      } else {
        const title = `弱网 ${ground.size.seed}-${index}`;
        await offer(browser, title, photo, journey);
        seen.titles.set(name, title);
      }
    } catch (error) {
      broken.set(name, error instanceof Error ? error.message : String(error));
    }
    cuts += line.cuts();
    line.close();
  };

  const rounds = ground.count(FULL_ROUNDS, 1);
  const shelf = await fillShelf(market);
  for (let round = 0; round < rounds; round++) {
    const waiting = journeysOf(round, random, ground.size.isQuick ? QUICK_BOUNDARIES : BOUNDARIES);
    const oneAfterAnother = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await walk(next, random.pick(shelf));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, oneAfterAnother));
  }

  const wrong = await checkJourneys(market, seen);
  for (const [name, why] of broken) wrong.set(name, [why]);
  found.failed = wrong.size;
  found.passed = index - wrong.size;
  for (const [name, lines] of wrong) found.deviations.push(`${name}: ${lines.join(", ")}`);
  const detail = { journeys: index, cuts, rounds, fullSize: FULL_ROUNDS };
  return { ...found, detail };
}
