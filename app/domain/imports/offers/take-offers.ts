import { type Kysely, sql, type Transaction } from "kysely";
import { askHousehold } from "#app/domain/consents/ask-household.ts";
import { MOST_ASKED_A_DAY } from "#app/domain/consents/consent-rules.ts";
import { readHousehold } from "#app/domain/consents/read-household.ts";
import { type OfferProblems, offerProblems } from "#app/domain/listings/offer-rules.ts";
import { type PublishInput, putUp } from "#app/domain/listings/publish-listing.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportColumn } from "../columns.ts";
import { type Fault, KNOWN, TAKE, type Verdict, wrong } from "../faults.ts";
import type { ImportRow, OfferValue } from "../understand.ts";
import { cropOf, type Grounds, type Home, homeOf, isNamed, readGrounds } from "./read-grounds.ts";

type Rows = readonly ImportRow<"listings">[];
type Offered = { home: Home; input: PublishInput };

const COLUMN: Partial<Record<keyof OfferProblems, ImportColumn>> = {
  ...{ title: "title", titleEn: "titleEn", unitGrams: "unitGrams", price: "price" },
  ...{ quantity: "quantity", harvestedOn: "harvestedOn" },
  ...{ shipsFrom: "shipsFrom", presaleLimit: "presaleLimit" },
};

const inputOf = (
  value: OfferValue,
  key: string,
  of: Pick<PublishInput, "categoryCode" | "photoIds">,
) =>
  ({
    ...of,
    ...{ clientKey: `import:${key}`, titleZh: value.title, titleEn: value.titleEn ?? "" },
    ...{ grade: value.grade, unit: value.unit, unitGrams: value.unitGrams ?? null },
    ...{ priceFen: value.price, quantity: value.quantity, harvestedOn: value.harvestedOn },
    ...{ shipsFrom: value.shipsFrom ?? null, presaleLimit: value.presaleLimit ?? null },
  }) satisfies PublishInput;

function faultsOf(input: PublishInput, now: Date): Fault[] {
  const problems = offerProblems(input, now);
  return Object.entries(problems).flatMap(([field, fault]): Fault[] => {
    const column = COLUMN[field as keyof OfferProblems];
    if (!column || fault === "photo-none" || fault === "photo-too-many") return [];
    return [{ column, fault }];
  });
}

/** Each line after those before it: a household is asked five times a day at the most. */
function judge(grounds: Grounds, rows: Rows, now: Date) {
  const asked = new Map<string, number>();
  const offers = new Map<ImportRow<"listings">, Offered>();
  const verdicts = rows.map((row): Verdict => {
    const { value, faults, key } = row;
    if (!value) return { verdict: "wrong", faults };
    const home = homeOf(grounds, value.household);
    if (!home) return wrong("household", "household-unknown");
    if (home.keys.includes(`${home.id}:import:${key}`)) return KNOWN;
    if (!home.hasAccount) return wrong("household", "no-account");
    if (!home.hasPhone) return wrong("household", "no-phone");
    const categoryCode = cropOf(grounds, value.crop);
    if (!categoryCode) return wrong("crop", "crop-unknown");
    const photoIds = home.photos[categoryCode];
    if (!photoIds) return wrong("crop", "no-photo");
    const input = inputOf(value, key, { categoryCode, photoIds });
    const found = faultsOf(input, now);
    if (found.length > 0) return { verdict: "wrong", faults: found };
    const times = asked.get(home.id) ?? home.asked;
    if (times >= MOST_ASKED_A_DAY) return wrong("household", "asked-too-often");
    asked.set(home.id, times + 1);
    offers.set(row, { home, input });
    return TAKE;
  });
  return { verdicts, offers };
}

/** What would become of the lines now. Locks nothing. */
export async function judgeOffers(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: Rows,
  now: Date,
): Promise<Verdict[]> {
  return judge(await readGrounds(db, scope, rows, now), rows, now).verdicts;
}

/**
 * Lists for households what they have at hand, line by line as list-on-behalf.ts does: a draft that
 * nobody is shown until its household has agreed. Its photos are those of the household's newest
 * listing of the crop. Locks the households in id order, each against another question.
 */
export async function takeOffers(
  trx: Transaction<DB>,
  scope: CoopScope,
  rows: Rows,
  now: Date,
): Promise<Verdict[]> {
  await sql`select from households h where ${isNamed(scope, rows)}
    order by h.id for no key update`.execute(trx);
  const { verdicts, offers } = judge(await readGrounds(trx, scope, rows, now), rows, now);
  for (const [index, row] of rows.entries()) {
    const offer = offers.get(row);
    if (offer) verdicts[index] = await list(trx, scope, offer, now);
  }
  return verdicts;
}

async function list(
  trx: Transaction<DB>,
  scope: CoopScope,
  { home, input }: Offered,
  now: Date,
): Promise<Verdict> {
  const found = await readHousehold(trx, scope, home.id);
  if (!found) return wrong("household", "household-unknown");
  const listed = await putUp(trx, found.onBehalf, input, { status: "draft", now });
  if (!listed.ok)
    return wrong("crop", listed.reason === "photo-not-yours" ? "no-photo" : "crop-unknown");
  if (!listed.isNew) return KNOWN;
  await askHousehold(trx, found.onBehalf, listed.listingId, now);
  return TAKE;
}
