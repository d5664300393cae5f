import { type PlanFault, type PlanField, villageKey } from "#app/domain/cycles/cycle-rules.ts";
import type { Village } from "#app/domain/cycles/read-villages.ts";
import type { PlanRefused } from "#app/domain/cycles/write-cycle.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { placeNames } from "./cycle-names.ts";

const FIELDS: Record<string, string> = {
  ...{ closes: "closesDay", collectsOn: "collectsOn", shipsOn: "shipsOn", listings: "listing" },
};

/** Beside which field it is said. */
function fieldOf(field: PlanField, villages: readonly Village[]): string {
  const [what = "", ...rest] = field.split(" ");
  const village = villages.find((each) => villageKey(each) === rest.join(" "));
  if (!village) return FIELDS[what] ?? "form";
  return placeNames(village.key)[what as "day" | "until"];
}

const faultKey = (fault: PlanFault) => `cycle-${fault}` as const;

/** What is wrong with a plan, beside its fields. */
export function planErrors(refused: PlanRefused, villages: readonly Village[]): FieldErrors {
  if (refused.reason === "faults") {
    return Object.fromEntries(
      [...refused.faults].map(([field, fault]) => [fieldOf(field, villages), faultKey(fault)]),
    );
  }
  if (refused.reason !== "place-missing") return { listing: `cycle-${refused.reason}` };
  const missing = villages.filter((village) => refused.villages.includes(villageKey(village)));
  const errors: FieldErrors = Object.fromEntries(
    missing.map(({ key }) => [placeNames(key).place, "cycle-place-missing" as const]),
  );
  // A village of another cooperative's by now has no field here.
  return missing.length > 0 ? errors : { listing: "cycle-place-missing" };
}

/** The listings that stand in the way, by name, for the notice above the form. */
export const inTheWay = (refused: { listings?: readonly { titleZh: string; titleEn: string }[] }) =>
  (refused.listings ?? []).map(({ titleZh, titleEn }) => ({ titleZh, titleEn }));
