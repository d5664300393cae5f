import { useRouteLoaderData } from "@remix-run/react";
import { HOUSEHOLD_FIELD } from "#app/forms/household-field.ts";
import { HiddenKey } from "#app/ui/form.tsx";

/** Whose page the form stands on: another may have signed in on this phone before it is sent. */
export function HouseholdField() {
  const root = useRouteLoaderData("root") as { household?: string } | undefined;
  return root?.household && <HiddenKey name={HOUSEHOLD_FIELD} value={root.household} />;
}
