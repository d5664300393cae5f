import type { Page } from "@playwright/test";

const CODE = /[A-Z]{2}-\d{6}/;
/** "¥1,234.50" or "1234.50" in fen. */
export const fenOf = (yuan: string) => Math.round(Number(yuan.replace(/[¥,]/g, "")) * 100);

/** What the page of a run says that it pays altogether, in fen. */
export async function totalOf(page: Page): Promise<number> {
  const texts = await page.locator("main dl").first().locator("dd").allTextContents();
  const amounts = texts.filter((text) => /^¥[\d,]+\.\d\d$/.test(text.trim()));
  return Math.max(...amounts.map((text) => fenOf(text.trim())));
}

/** The rows of the bank's table of a run, each with its account's code and its fen. */
export async function rowsOf(page: Page, run: string) {
  const file = await (await page.request.get(`${run}/bank-file.csv`)).text();
  const [head = "", ...rows] = file.slice(1).trimEnd().split("\r\n");
  const items = rows.filter((row) => CODE.test(row));
  return {
    head,
    items: items.map((row) => ({
      ...{ row, code: CODE.exec(row)?.[0] ?? "" },
      fen: fenOf(row.split(",")[4] ?? ""),
    })),
    sumFen: fenOf(rows.at(-1)?.split(",")[4] ?? ""),
  };
}
