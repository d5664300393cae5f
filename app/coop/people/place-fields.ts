import { z } from "zod";
import { coopRoles } from "#app/domain/people/coop-rights.ts";
import { LONGEST_NAME } from "#app/domain/people/invitation-rule.ts";

/** What somebody is to do for a cooperative, and what it calls her, as a form says it. */
export const roleField = z.enum(coopRoles, "choose");
export const nameField = z.string().trim().min(1).max(LONGEST_NAME);
