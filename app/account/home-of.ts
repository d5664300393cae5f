import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import type { Roles } from "#app/domain/people/read-roles.ts";

export type Area = { role: "farmer" | CoopRole | "officer" | "operator"; href: string };

/** The areas of the site that are hers; the first is where she lands after sign-in. */
export function areasOf(roles: Roles): Area[] {
  const areas: Area[] = [];
  if (roles.household) areas.push({ role: "farmer", href: "/farm" });
  if (roles.cooperative) areas.push({ role: roles.cooperative.role, href: "/coop" });
  if (roles.officer) areas.push({ role: "officer", href: "/relief" });
  if (roles.isOperator) areas.push({ role: "operator", href: "/operations" });
  return areas;
}

export function homeOf(roles: Roles): string {
  return areasOf(roles)[0]?.href ?? "/";
}
