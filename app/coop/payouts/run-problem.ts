import type { Messages } from "#app/i18n/messages.ts";
import zh from "#app/i18n/zh/coop.json" with { type: "json" };

type RunProblem = Exclude<keyof Messages["coop"]["run"]["problem"], "title">;

/** Whether the address names a problem we have words for. */
export function isRunProblem(asked: string | null): asked is RunProblem {
  return asked !== null && asked !== "title" && Object.hasOwn(zh.run.problem, asked);
}
