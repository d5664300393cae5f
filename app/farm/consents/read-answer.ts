import { z } from "zod";
import type { ConsentWord } from "#app/domain/consents/consent-rules.ts";
import { readForm } from "#app/forms/read-form.ts";

const schema = z.object({ answer: z.enum(["agreed", "refused"]) });

/** Which of the two buttons was pressed; a form of ours sends nothing else. */
export async function readAnswer(request: Request): Promise<ConsentWord> {
  const form = await readForm(request, schema);
  if (!form.ok) throw new Response("Bad request", { status: 400 });
  return form.value.answer;
}
