import { z } from "zod";
import { offerText, type ShownFreight, type ShownLine } from "#app/domain/orders/shown-lines.ts";

/** In the order of `offerText`. */
const offer = z.tuple([
  z.uuid(),
  z.number(),
  z.number(),
  z.string(),
  z.number().positive(),
  z.string(),
  z.iso.date().nullable(),
  z.string(),
  z.string(),
]);

/** What a hidden field says of a line that the page shows; of letters that every form sends as they are. */
export const shownValue = (line: ShownLine) => encodeURIComponent(offerText(line));

function readLine(sent: unknown): ShownLine[] {
  try {
    const [listingId, quantity, priceFen, unit, unitGrams, grade, shipsFrom, titleZh, titleEn] =
      offer.parse(JSON.parse(decodeURIComponent(String(sent))));
    return [{ listingId, quantity, priceFen, unit, unitGrams, grade, shipsFrom, titleZh, titleEn }];
  } catch {
    return [];
  }
}

/**
 * The lines that stood on the page a form came from. One that makes no sense was not shown: the
 * order is then refused and shows the line once more.
 */
export const readShown = (form: FormData): ShownLine[] => form.getAll("shown").flatMap(readLine);

/** What a hidden field says of a parcel's freight that the page shows. */
export const freightValue = ({ cooperativeId, fen }: ShownFreight) => `${cooperativeId}:${fen}`;

/** The freights that stood on the page a form came from; of nonsense nothing. */
export function readShownFreight(form: FormData): ShownFreight[] {
  return form.getAll("freight").flatMap((sent) => {
    const [, cooperativeId, fen] = /^([0-9a-f-]{36}):(\d{1,9})$/.exec(String(sent)) ?? [];
    return cooperativeId ? [{ cooperativeId, fen: Number(fen) }] : [];
  });
}
