import { expect, type Page } from "@playwright/test";

const idOf = (parcel: string) => parcel.split("/").at(-1) ?? "";

/** Opens a column of the board at its end, where the newest parcels stand, and ticks these. */
export async function chooseParcels(page: Page, state: string, parcels: readonly string[]) {
  await page.goto(`/coop/parcels?state=${state}&page=999`);
  for (const parcel of parcels) {
    await page.locator(`input[name="parcel"][value="${idOf(parcel)}"]`).check();
  }
}

/** Takes the ticked ones on by the step of their column; what became of each, in the order ticked. */
export async function takeChosen(page: Page, deed: string): Promise<void> {
  await page.locator(`#chosen button[value="${deed}"]`).click();
  await expect(page).toHaveURL(/\/coop\/parcels\/chosen$/);
}
