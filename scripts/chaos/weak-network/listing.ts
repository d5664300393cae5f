import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { type Browser, type Fields, formWith, openBrowser, type Weakness } from "./browser.ts";
import { openWeakLine } from "./weak-line.ts";

/** The steps of an offer; the first form is refused, and must come back as it was filled. */
export const LISTING_STEPS = [
  "open the form",
  "send it without a quantity, with a photo",
  "send it whole",
  "look at the listing",
];

const FARMER = "+8610000000001";

/** A demo farmer signs in on a good line, once: codes are not sent any number of times a minute. */
export async function signIn(port: number): Promise<ReadonlyMap<string, string>> {
  const line = await openWeakLine(port, "127.10.255.1");
  try {
    const browser = openBrowser(line);
    const answer = await browser.send({ path: "/sandbox/sign-in", fields: { phone: FARMER } });
    if (answer.status !== 303) throw new Error(`the farmer was not let in: ${answer.status}`);
    return browser.cookies;
  } finally {
    line.close();
  }
}

/** One offer with the line breaking at one step. */
export async function offer(
  browser: Browser,
  title: string,
  photo: Buffer,
  weak: { step: number; weakness: Weakness },
): Promise<void> {
  let step = 0;
  const take = async (path: string, status: number, fields?: Fields, file?: Buffer) => {
    const at = step++;
    const weakness = at === weak.step ? weak.weakness : null;
    const answer = await browser.insist({ path, fields, photo: file }, weakness);
    if (answer.status === status) return answer;
    throw new Error(`“${LISTING_STEPS[at]}” was answered ${answer.status}, not ${status}`);
  };
  const typed: Fields = {
    ...{ titleEn: "", category: "apple", grade: "first", unit: "kg", unitGrams: "" },
    ...{ price: "20.00", quantity: "", harvestedOn: shanghaiDay(new Date()) },
  };
  const page = await take("/farm/listings/new/whole", 200);
  const { clientKey = "" } = formWith(page.html, "clientKey", "price");
  const empty = { ...typed, clientKey, title };
  const refused = await take("/farm/listings/new/whole", 422, empty, photo);
  const back = formWith(refused.html, "clientKey", "price");
  for (const name of ["price", "title", "category", "harvestedOn", "clientKey"]) {
    if (back[name] !== empty[name as keyof typeof empty]) throw new Error(`the ${name} is lost`);
  }
  if (!back.photoId) throw new Error("the photo that was sent is lost");
  const done = await take("/farm/listings/new/whole", 303, {
    ...back,
    quantity: "9",
  });
  await take(done.location, 200);
}
