import { z } from "zod";
import type { InvitedMember } from "#app/domain/people/invite-member.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import { readPhone } from "#app/forms/read-phone.ts";
import { nameField, roleField } from "./place-fields.ts";

const phone = z.string().transform((typed, context) => {
  const read = readPhone(typed);
  if (read) return read;
  context.addIssue({ code: "custom", message: typed.trim() === "" ? "required" : "phone" });
  return z.NEVER;
});

export const invitation = z.object({
  phone,
  name: nameField,
  role: roleField,
  clientKey: z.uuid(),
});

type Refusal = Exclude<Extract<InvitedMember, { ok: false }>["reason"], "invited-before">;

/** Each stands beside the number: it is what has to be another. */
export const refusals: Record<Refusal, ErrorKey> = {
  "works-here": "worksHere",
  "invited-already": "invitedAlready",
  "too-many-invitations": "tooManyInvitations",
};
