import { finishMoves } from "#app/domain/moves/finish-move.ts";
import type { Services } from "#app/load-context.ts";

/** Lets households move that agreed to, as soon as what they sold has left. */
export async function finishMovesJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { failed, ...done } = await finishMoves(db);
  if (done.expired + done.finished > 0)
    log.info(done, "households moved, or did not answer in time");
  for (const err of failed) log.error({ err }, "a household could not move");
}
