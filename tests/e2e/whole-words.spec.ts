import { expect, type Page, test } from "@playwright/test";
import { becomeRole, filledDraft, pagesOf } from "./all-pages.ts";
import { brokenWords } from "./broken-words.ts";
import { fieldsOf, html, send } from "./forms.ts";

/** Of the page's own type size: as it is, and what phones offer to who sees badly. */
const ZOOMS = [1, 1.5, 1.75, 1.9, 2];

/** What she has just put on sale, with its photo: the form in which it is edited. */
async function editWithPhoto(page: Page): Promise<string> {
  const draft = await filledDraft(page);
  const check = await fieldsOf(page, `${draft}/check`, "#listing");
  const first = await send(page, `${draft}/check`, check);
  // Where others have sold pears for less it is asked whether she means her price.
  const priceSure = /name="priceSure" value="([^"]*)"/.exec(first.html)?.[1];
  const sent = priceSure ? await send(page, `${draft}/check`, { ...check, priceSure }) : first;
  const [listing] = /\/farm\/listings\/[0-9a-f-]{36}/.exec(sent.location) ?? [];
  if (!listing) throw new Error(`not published: ${sent.status}`);
  const edit = `${listing}/edit`;
  if (!(await html(page, edit)).includes('name="coverId"')) throw new Error(`no photo on ${edit}`);
  return edit;
}

test("no word of a farmer's pages is broken at twice the type size, nor in the easy mode @any-phone", async ({
  page,
  baseURL,
}) => {
  test.slow();
  await becomeRole(page, "farmer");
  const paths = [...(await pagesOf(page, "farmer")), await editWithPhoto(page)];
  await page.setViewportSize({ width: 360, height: 740 });
  const faults = new Set<string>();
  for (const lang of ["zh", "en"]) {
    for (const mode of ["full", "easy"]) {
      await page.context().addCookies([
        { name: "lang", value: lang, url: baseURL ?? "" },
        { name: "farm-mode", value: mode, url: baseURL ?? "" },
      ]);
      for (const path of paths) {
        await page.goto(path);
        const own = mode === "easy" ? 20 : 17;
        // The page is there a moment before the sheet of its large type.
        await page.waitForFunction(
          (size) => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) === size,
          own,
        );
        for (const zoom of ZOOMS) {
          await page.evaluate((size) => {
            for (const fold of document.querySelectorAll("details")) fold.open = true;
            document.documentElement.style.fontSize = `${size}px`;
          }, own * zoom);
          const where = `${path.replace(/[0-9a-f-]{36}/, ":id")} ${lang} ${mode} × ${zoom}`;
          for (const fault of await brokenWords(page)) faults.add(`${where}: ${fault}`);
        }
      }
    }
  }
  expect([...faults]).toEqual([]);
});
