import { z } from "zod";
import { readRegisterCode, relations } from "#app/domain/joining/join-rule.ts";
import { nameField, nobodyOrName, placeField } from "#app/forms/joining-fields.ts";

const registerCode = z.string().transform((typed, context) => {
  const code = readRegisterCode(typed);
  if (code) return code;
  context.addIssue({ code: "custom", message: typed.trim() ? "registerCode" : "required" });
  return z.NEVER;
});

export const application = z.object({
  cooperativeId: z.uuid("choose"),
  registerCode,
  headName: nameField,
  village: placeField,
  helperName: nobodyOrName,
  relation: z.enum(relations, "choose"),
  clientKey: z.uuid(),
});
