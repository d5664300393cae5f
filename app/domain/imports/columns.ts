/** What a table can be of: more stock, other prices, new offers for households. */
export const importKinds = ["lots", "prices", "listings"] as const;
export type ImportKind = (typeof importKinds)[number];

/** How a column may be headed, after NFKC, without blanks and in small letters. */
const heads = {
  listing: ["商品编号", "listing", "listingnumber", "listingno"],
  newPrice: ["新价", "新单价", "newprice"],
  added: ["新到数量", "到货数量", "addedquantity", "added"],
  harvestedOn: ["采收日期", "采收日", "harvestdate", "harvestedon", "harvested"],
  household: ["农户", "农户编号", "登记号", "household", "registercode"],
  crop: ["作物", "品类", "crop", "category"],
  title: ["品名", "中文品名", "title", "name"],
  titleEn: ["英文品名", "englishname", "titleen"],
  grade: ["等级", "grade"],
  unit: ["单位", "销售单位", "unit"],
  unitGrams: ["每份克数", "克数", "grams", "gramsaunit"],
  price: ["价格", "单价", "price"],
  priceNow: ["现价", "pricenow", "currentprice"],
  quantity: ["数量", "quantity"],
  shipsFrom: ["发货日期", "起发日期", "shipsfrom"],
  presaleLimit: ["预售上限", "presalelimit"],
  note: ["备注", "批次", "note", "batch"],
} as const;

export type ImportColumn = keyof typeof heads;

type Columns = {
  needed: readonly ImportColumn[];
  more: readonly ImportColumn[];
  /** Read by people alone. */
  shown: readonly ImportColumn[];
};

/** Which columns each kind reads; a line that says nothing in `needed` but the first is left out. */
export const columnsOf: Record<ImportKind, Columns> = {
  lots: { needed: ["listing", "added", "harvestedOn"], more: ["note"], shown: ["title"] },
  prices: { needed: ["listing", "newPrice"], more: [], shown: ["title", "priceNow"] },
  listings: {
    needed: ["household", "crop", "title", "grade", "unit", "price", "quantity", "harvestedOn"],
    more: ["titleEn", "unitGrams", "shipsFrom", "presaleLimit", "note"],
    shown: [],
  },
};

const bare = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[\s_().*-]+/g, "")
    .toLowerCase();

/** Where each column of a kind stands, by the first line; null where a needed one is missing. Pure. */
export function findColumns(
  kind: ImportKind,
  first: readonly string[],
): Map<ImportColumn, number> | null {
  const named = first.map(bare);
  const { needed, more, shown } = columnsOf[kind];
  const found = new Map<ImportColumn, number>();
  for (const column of [...needed, ...more, ...shown]) {
    const names: readonly string[] = heads[column];
    const at = named.findIndex((head) => names.includes(head));
    if (at >= 0) found.set(column, at);
  }
  return needed.every((column) => found.has(column)) ? found : null;
}

/** How a column is headed in a file that we write: Chinese, which every reader of ours knows. */
export const headOf = (column: ImportColumn): string => heads[column][0];
