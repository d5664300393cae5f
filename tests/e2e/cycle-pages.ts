import type { Page } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { fieldsOf, html, linkOn, send } from "./forms.ts";

const day = (days: number) => shanghaiDay(new Date(Date.now() + days * 86_400_000));

/**
 * A cycle that sells this listing from `opens` days from now on for three days, planned by the form;
 * its address.
 */
export async function planCycle(page: Page, listing: string, opens: number): Promise<string> {
  const path = "/coop/cycles/new";
  const form = await fieldsOf(page, path, "form#cycle");
  const names = [...(await html(page, path)).matchAll(/name="(place-[0-9a-f]+)"/g)];
  const places = Object.fromEntries(names.map(([, name = ""]) => [name, "村委会门口"]));
  const days = {
    ...{ opensDay: day(opens), closesDay: day(opens + 3) },
    ...{ collectsOn: day(opens + 4), shipsOn: day(opens + 5) },
  };
  const { location } = await send(page, path, { ...form, ...places, ...days, listing });
  return new URL(location, "http://market.test").pathname;
}

/** The cycles, one far ahead (called off again, so that nothing leaves the shelf), and its run. */
export async function cyclePages(page: Page): Promise<string[]> {
  const listing = await linkOn(page, "/coop/listings", /\/coop\/listings\/[0-9a-f-]{36}/);
  const id = listing.split("/").at(-1) ?? "";
  const cycle = await planCycle(page, id, 300);
  await send(page, `${cycle}/calling-off`, {});
  await send(page, `${listing}/any-time`, {});
  return ["/coop/cycles", "/coop/cycles/new", cycle, `${cycle}/run`];
}
