import { validate as isUuid } from "uuid";
import { z } from "zod";
import { LONGEST_REASON } from "#app/domain/joining/join-rule.ts";
import { publicNameProblems } from "#app/domain/joining/public-name.ts";
import { nameField } from "#app/forms/joining-fields.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";

const words = { required: "required", invalid: "invalid", "whole-name": "wholeName" } as const;
const tidy = z.string().transform((typed) => typed.normalize("NFC").replace(/\s+/g, " ").trim());

/** A household to open. What is public of it says nothing of who is its head. */
const household = z
  .object({
    headName: z.string(),
    ...{ villageZh: tidy, villageEn: tidy, familyZh: tidy, familyEn: tidy },
    programmeId: z.string(),
  })
  .superRefine(({ headName, programmeId, ...name }, context) => {
    const refuse = (field: string, message: ErrorKey) =>
      context.addIssue({ code: "custom", path: [field], message });
    const head = nameField.safeParse(headName);
    if (!head.success) refuse("headName", (head.error.issues[0]?.message ?? "name") as ErrorKey);
    for (const [field, problem] of Object.entries(publicNameProblems(name, head.data ?? ""))) {
      const isLatin = field.endsWith("En") && problem === "invalid";
      refuse(field, isLatin ? "latin" : words[problem]);
    }
    if (!isUuid(programmeId)) refuse("programmeId", "choose");
  })
  .transform(({ headName, programmeId, ...name }) => ({
    ...{ name, programmeId, headName: nameField.parse(headName) },
  }));

/** What a manager can do with an application: let her in, open her household, refuse. */
export const decisions = {
  join: z.object({ householdId: z.uuid() }),
  open: household,
  refuse: z.object({ reason: z.string().trim().min(1).max(LONGEST_REASON) }),
};
