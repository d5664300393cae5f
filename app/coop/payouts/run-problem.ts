import { type Messages, messages } from "#app/i18n/messages.ts";

type RunProblem = Exclude<keyof Messages["coop"]["run"]["problem"], "title">;

/** Whether the address names a problem we have words for. */
export function isRunProblem(asked: string | null): asked is RunProblem {
  return asked !== null && asked !== "title" && Object.hasOwn(messages.zh.coop.run.problem, asked);
}
