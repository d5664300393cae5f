import { sql } from "kysely";
import { readRun } from "#app/domain/cycles/read-run.ts";
import type { Picture } from "./compare.ts";
import type { Place } from "./cycle-plans.ts";
import { at, type Line, type Model, type Order } from "./model.ts";
import { dateOf, VILLAGES } from "./play-cycles.ts";
import { type Real, scopeOf } from "./real.ts";
import { sumOf } from "./refunds.ts";
import { STOPPED } from "./short.ts";

type CycleFact = {
  opensAt: number;
  closesAt: number;
  collectsOn: string;
  shipsOn: string;
  isOff: boolean;
  revision: number;
};

const cycleLine = (index: number, { opensAt, closesAt, ...cycle }: CycleFact, listings: number[]) =>
  `cycle ${index}: ${opensAt} ${closesAt} ${cycle.collectsOn} ${cycle.shipsOn} ${cycle.isOff} ` +
  `${cycle.revision} sells ${[...listings].sort().join()}`;

/** What was given back of a line, or is about to be. */
const givenOf = (model: Model, place: number, { listing, parcel }: Line) =>
  sumOf(
    model.refunds
      .filter(({ order, status }) => order === place && status !== "failed")
      .flatMap(({ gives }) => gives)
      .filter((give) => give.line === `${place}/${listing}` && give.parcel === parcel),
  );

/** A household brings what it sold: until that is packed, only as long as its buyer is to get it. */
function isBrought(model: Model, place: number, order: Order, line: Line): boolean {
  const { status } = at(model.parcels, line.parcel);
  if (!order.wasPaid || status === "cancelled") return false;
  if (status !== "waiting" && status !== "accepted") return true;
  const isWanted = !["pending-payment", "expired", ...STOPPED].includes(order.status);
  return isWanted && givenOf(model, place, line) < line.lineFen;
}

/** Which household brings how much of what in which cycle. */
function runsOfModel(model: Model): Picture {
  const units = new Map<string, number>();
  for (const [place, order] of model.orders.entries()) {
    for (const line of order.lines) {
      if (!line.cycle || !isBrought(model, place, order, line)) continue;
      for (const { lot, quantity, short = 0, state } of line.parts) {
        const { household } = at(model.accounts, at(model.lots, lot).account);
        const key = `${line.cycle.index} home ${household} listing ${line.listing}`;
        if (state === "sold") units.set(key, (units.get(key) ?? 0) + quantity - short);
      }
    }
  }
  return [...units].filter(([, n]) => n > 0).map(([key, n]) => `run ${key}: ${n}`);
}

/** What the model says should stand in the database of its cycles. */
export function cyclesOfModel(model: Model): Picture {
  const { all, only } = model.cycles;
  const placeLine = (index: number, { village, day, untilMinute }: Place) =>
    `place ${index}/${village}: ${day === null ? "" : dateOf(day)} ${untilMinute}`;
  return [
    ...all.flatMap(({ listings, places, collectsOn, shipsOn, ...cycle }, index) => {
      const days = { collectsOn: dateOf(collectsOn), shipsOn: dateOf(shipsOn) };
      return [
        cycleLine(index, { ...cycle, ...days }, listings),
        ...places.map((place) => placeLine(index, place)),
      ];
    }),
    ...[...only].map((listing) => `listing ${listing}: in cycles`),
    ...model.orders.flatMap(({ lines }, index) =>
      lines.flatMap(({ listing, parcel, cycle }) =>
        cycle
          ? `line ${index}/${listing} in ${parcel}: cycle ${cycle.index} ${dateOf(cycle.shipsOn)}`
          : [],
      ),
    ),
    ...runsOfModel(model),
  ];
}

type CycleRow = CycleFact & {
  id: string;
  listings: string[];
  places: { village: string; day: string | null; until: number }[];
};
type SoldRow = { order: string; listing: string; parcel: string; cycle: string; day: string };

/** What stands in the database of the cycles of this history. */
export async function cyclesOfReal(real: Real, model: Model): Promise<Picture> {
  const { db } = real;
  const [listings, orders, parcels] = [real.listings, real.orders, real.parcels].map(
    (list) => new Map(list.map(({ id }, index) => [id, index])),
  ) as [Map<string, number>, Map<string, number>, Map<string, number>];
  const { rows: cycles } = await sql<CycleRow>`
    select id, (extract(epoch from opens_at) * 1000)::float8 as "opensAt",
      (extract(epoch from closes_at) * 1000)::float8 as "closesAt",
      collects_on::text as "collectsOn", ships_on::text as "shipsOn",
      called_off_at is not null as "isOff", revision,
      array(select listing_id from cycle_listings where cycle_id = c.id
        and (opens_at, closes_at, is_off) = (c.opens_at, c.closes_at, c.called_off_at is not null))
        as listings,
      (select coalesce(jsonb_agg(jsonb_build_object('village', village_zh, 'day', collects_on,
        'until', until_minute)), '[]') from cycle_places where cycle_id = c.id) as places
    from order_cycles c where id = any(${real.cycles}::uuid[])`.execute(db);
  const { rows: only } = await sql<{ id: string }>`select id from listings
    where sold_in_cycles and id = any(${[...listings.keys()]}::uuid[])`.execute(db);
  const { rows: sold } = await sql<SoldRow>`
    select order_id as order, listing_id as listing, parcel_id as parcel, cycle_id as cycle,
      ships_from::text as day
    from order_lines where cycle_id is not null
      and order_id = any(${[...orders.keys()]}::uuid[])`.execute(db);
  const placeOf = (id: string) => real.cycles.indexOf(id);
  return [
    ...cycles.flatMap(({ id, listings: sells, places, ...cycle }) => [
      cycleLine(
        placeOf(id),
        cycle,
        sells.map((each) => listings.get(each) ?? -1),
      ),
      ...places.map(
        ({ village, day, until }) =>
          `place ${placeOf(id)}/${VILLAGES.indexOf(village)}: ${day ?? ""} ${until}`,
      ),
    ]),
    ...only.map(({ id }) => `listing ${listings.get(id)}: in cycles`),
    ...sold.map(
      ({ order, listing, parcel, cycle, day }) =>
        `line ${orders.get(order)}/${listings.get(listing)} in ${parcels.get(parcel)}: ` +
        `cycle ${placeOf(cycle)} ${day}`,
    ),
    ...(await runsOfReal(real, model, listings)),
  ];
}

async function runsOfReal(real: Real, model: Model, listings: Map<string, number>) {
  const codes = model.accounts.map(({ code }) => code);
  const { rows } = await sql<{ home: string; code: string }>`
    select household_id as home, code from relief_accounts where code = any(${codes})`.execute(
    real.db,
  );
  const homes = new Map(rows.map(({ home, code }) => [home, codes.indexOf(code)]));
  const facts: Picture = [];
  for (const [index, id] of real.cycles.entries()) {
    const scope = scopeOf(real, at(model.cycles.all, index).coop);
    const villages = (await readRun(real.db, scope, id)) ?? [];
    for (const { householdId, goods } of villages.flatMap(({ households }) => households)) {
      const { household } = at(model.accounts, homes.get(householdId) ?? -1);
      for (const { listingId, quantity } of goods) {
        const what = `home ${household} listing ${listings.get(listingId)}`;
        facts.push(`run ${index} ${what}: ${quantity}`);
      }
    }
  }
  return facts;
}
