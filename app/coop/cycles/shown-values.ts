import { shanghaiDay, shanghaiTime } from "#app/domain/calendar/day-rule.ts";
import { type CyclePlace, villageKey } from "#app/domain/cycles/cycle-rules.ts";
import type { CycleView } from "#app/domain/cycles/read-cycles.ts";
import type { Village } from "#app/domain/cycles/read-villages.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { clockOf, placeNames } from "./cycle-names.ts";

const DAY_MS = 86_400_000;

function placeValues(
  villages: readonly Village[],
  placeOf: (village: Village) => (Partial<CyclePlace> & Pick<CyclePlace, "fromMinute">) | null,
): FormValues {
  return Object.fromEntries(
    villages.flatMap((village) => {
      const names = placeNames(village.key);
      const place = placeOf(village);
      return [
        [names.place, place?.place ?? ""],
        [names.day, place?.collectsOn ?? ""],
        [names.from, clockOf(place?.fromMinute ?? 8 * 60)],
        [names.until, clockOf(place?.untilMinute ?? 10 * 60)],
      ];
    }),
  );
}

/** A new cycle as its form proposes it: open from today for three days, collected on the day after. */
export function newValues(villages: readonly Village[], now: Date): FormValues {
  const dayAfter = (days: number) => shanghaiDay(new Date(now.getTime() + days * DAY_MS));
  return {
    ...{ opensDay: dayAfter(0), opensTime: "08:00", closesDay: dayAfter(3), closesTime: "20:00" },
    ...{ collectsOn: dayAfter(4), shipsOn: dayAfter(5) },
    ...placeValues(villages, ({ last }) => last),
  };
}

/** A cycle as its form has it filled in. */
export function cycleValues(cycle: CycleView, villages: readonly Village[]): FormValues {
  return {
    ...{ opensDay: shanghaiDay(cycle.opensAt), opensTime: shanghaiTime(cycle.opensAt) },
    ...{ closesDay: shanghaiDay(cycle.closesAt), closesTime: shanghaiTime(cycle.closesAt) },
    ...{ collectsOn: cycle.collectsOn, shipsOn: cycle.shipsOn },
    ...(cycle.tellsIdle && { tellsIdle: "yes" }),
    ...placeValues(
      villages,
      (village) => cycle.places.find((place) => villageKey(place) === villageKey(village)) ?? null,
    ),
  };
}
