import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";

/** Whether the township was chosen from the list of a county that is no longer the chosen one. */
export function isOfOtherCounty({ township, townshipOf }: FormValues, choice: RegionChoice) {
  return Boolean(township && townshipOf) && townshipOf !== choice.regionCode;
}

/** The first list that still waits for a choice; the township may be none, but not another county's. */
export function regionErrors(values: FormValues, choice: RegionChoice): FieldErrors {
  if (choice.province === null) return { province: "choose" };
  if (choice.city === null) return { city: "choose" };
  if (choice.regionCode === null) return { county: "choose" };
  if (isOfOtherCounty(values, choice)) return { township: "choose" };
  return choice.isOtherTownship ? { township: "otherCounty" } : {};
}
