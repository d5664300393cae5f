/** What one household brings of one product: sale units, grams. */
export type ToBring = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  quantity: number;
  grams: number;
};

/** When and where, by Shanghai's clock. */
export type Meeting = {
  place: string;
  /** "2026-11-27". */
  collectsOn: string;
  fromMinute: number;
  untilMinute: number;
};

/** What a household was told last: as little of a product as tells it from another. */
export type ToldGoods = Pick<ToBring, "listingId" | "titleZh" | "quantity" | "grams">;
export type Told = Meeting & { goods: ToldGoods[] };

export const goodsToTell = (goods: readonly ToBring[]): ToldGoods[] =>
  goods.map(({ listingId, titleZh, quantity, grams }) => ({
    ...{ listingId, titleZh, quantity, grams },
  }));

const meetingText = ({ place, collectsOn, fromMinute, untilMinute }: Meeting) =>
  JSON.stringify([place, collectsOn, fromMinute, untilMinute]);

/** A product of which another quantity is to be brought than was told; sale units. */
export type Difference = { titleZh: string; told: number; now: number };

/** Product by product what is another than was told, in the order of the list of now. Pure. */
export function differences(told: readonly ToldGoods[], now: readonly ToldGoods[]): Difference[] {
  const ids = [...new Set([...now, ...told].map(({ listingId }) => listingId))];
  return ids.flatMap((id) => {
    const [was, is] = [told, now].map((goods) => goods.find(({ listingId }) => listingId === id));
    const change = { told: was?.quantity ?? 0, now: is?.quantity ?? 0 };
    const titleZh = is?.titleZh ?? was?.titleZh ?? "";
    return change.told === change.now ? [] : [{ titleZh, ...change }];
  });
}

/**
 * What a household is to hear of a run: nothing where it knows. `idle` is the first and only word to
 * one that sold nothing. Pure.
 */
export function newsOf(
  told: Told | null,
  now: Told,
  { tellsIdle }: { tellsIdle: boolean },
): "bring" | "changed" | "moved" | "off" | "idle" | null {
  const has = now.goods.length > 0;
  if (told === null) return has ? "bring" : tellsIdle ? "idle" : null;
  const changes = differences(told.goods, now.goods);
  if (changes.length > 0) return told.goods.length === 0 ? "bring" : has ? "changed" : "off";
  return has && meetingText(told) !== meetingText(now) ? "moved" : null;
}
