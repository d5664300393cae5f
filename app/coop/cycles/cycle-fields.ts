import { z } from "zod";
import type { CyclePlace, CyclePlan } from "#app/domain/cycles/cycle-rules.ts";
import type { CycleView } from "#app/domain/cycles/read-cycles.ts";
import type { Village } from "#app/domain/cycles/read-villages.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { placeNames } from "./cycle-names.ts";
import { MOST_OFFERS } from "./most-offers.ts";

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const day = z.iso.date("date");
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "choose");
const moments = { opensDay: day, opensTime: clock, closesDay: day, closesTime: clock };
const schema = z.object({
  ...{ collectsOn: day, shipsOn: day, tellsIdle: z.string().optional() },
});
const placeSchema = z.object({
  place: z.string().trim().min(1, "required").max(60),
  day: z.union([z.literal(""), day]),
  ...{ from: clock, until: z.union([clock, z.literal("24:00")]) },
});

const momentOf = (on: string, at: string) => new Date(`${on}T${at}:00+08:00`);

export type ReadPlan = {
  plan: CyclePlan | null;
  values: FormValues;
  errors: FieldErrors;
  chosen: string[];
};

/** A field of one village, as a form of its own: a cooperative may have more of them than a form may have fields. */
async function readPlace(form: FormData, village: Village) {
  const names = placeNames(village.key);
  const sent = new FormData();
  for (const [field, name] of Object.entries(names)) {
    const value = form.get(name);
    if (typeof value === "string") sent.set(field, value);
  }
  const read = await readForm(sent, placeSchema);
  const rename = <Value>(of: Partial<Record<string, Value>>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([field, name]) =>
        of[field] === undefined ? [] : [[name, of[field]] as const],
      ),
    );
  const values = rename(read.values) as FormValues;
  // A village without a place is left out; what was typed beside it means nothing.
  const isEmpty = (read.values.place ?? "").trim() === "" && !read.values.day;
  if (isEmpty) return { values, errors: {}, place: null };
  if (!read.ok) return { values, errors: rename(read.errors) as FieldErrors, place: null };
  const { place, day: on, from, until } = read.value;
  const where: CyclePlace = {
    ...{ regionCode: village.regionCode, villageZh: village.villageZh, place },
    ...{ fromMinute: minuteOf(from), untilMinute: minuteOf(until), collectsOn: on || null },
  };
  return { values, errors: {}, place: where };
}

/** The few fields that every plan has, without those of villages and listings. */
function baseOf(form: FormData): FormData {
  const base = new FormData();
  for (const name of [...Object.keys(moments), ...Object.keys(schema.shape)]) {
    const value = form.get(name);
    if (typeof value === "string") base.set(name, value);
  }
  return base;
}

/**
 * Reads the form of a cycle. A moment that is fixed by now is not asked for, so what it says is taken
 * from the cycle (`known`); one that was sent all the same is read, and the domain judges it.
 */
export async function readPlan(
  form: FormData,
  villages: readonly Village[],
  known: Pick<CycleView, "opensAt" | "closesAt" | "shipsOn" | "chosen"> | null,
): Promise<ReadPlan> {
  const has = (name: string) => typeof form.get(name) === "string";
  const asks = { opens: !known || has("opensDay"), closes: !known || has("closesDay") };
  const base = baseOf(form);
  if (known && !has("shipsOn")) base.set("shipsOn", known.shipsOn);
  const asked = schema.extend({
    ...(asks.opens && { opensDay: day, opensTime: clock }),
    ...(asks.closes && { closesDay: day, closesTime: clock }),
  });
  const read = await readForm(base, asked);
  const places = await Promise.all(villages.map((village) => readPlace(form, village)));
  const sent = form.getAll("listing").filter((id): id is string => z.uuid().safeParse(id).success);
  const isChoice = !known || has("choice");
  const chosen = isChoice
    ? [...new Set(sent)].slice(0, MOST_OFFERS)
    : known.chosen.map(({ id }) => id);
  const values = Object.assign({}, read.values, ...places.map((place) => place.values));
  const errors: FieldErrors = Object.assign(
    {},
    read.ok ? {} : read.errors,
    ...places.map((place) => place.errors),
  );
  if (!read.ok || Object.keys(errors).length > 0) return { plan: null, values, errors, chosen };
  const { value } = read as { value: Record<string, string> };
  const at = (name: "opens" | "closes") =>
    momentOf(value[`${name}Day`] ?? "", value[`${name}Time`] ?? "");
  const plan: CyclePlan = {
    opensAt: asks.opens ? at("opens") : (known?.opensAt ?? new Date(0)),
    closesAt: asks.closes ? at("closes") : (known?.closesAt ?? new Date(0)),
    ...{ collectsOn: value.collectsOn ?? "", shipsOn: value.shipsOn ?? "" },
    tellsIdle: value.tellsIdle === "yes",
    places: places.flatMap(({ place }) => place ?? []),
    listingIds: chosen,
  };
  return { plan, values, errors, chosen };
}
