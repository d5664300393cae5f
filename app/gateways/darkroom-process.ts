/** The program of the darkroom: works on the photo it is sent, and ends with who started it. */
import type { DarkroomAnswer, DarkroomTask } from "./darkroom.ts";
import { drawCard } from "./draw-card.ts";
import { makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

process.on("message", (task: DarkroomTask) => {
  work(task).then(
    (made) => answer({ made }),
    (error: Error) => answer({ error: error.message }),
  );
});
process.once("disconnect", () => process.exit());

function work(task: DarkroomTask): Promise<unknown> {
  if (task.name === "stripPhoto") return stripPhoto(task.sent);
  return task.name === "drawCard" ? drawCard(task.photo, task.words) : makeVariants(task.master);
}

function answer(what: DarkroomAnswer): void {
  process.send?.(what, undefined, undefined, () => undefined);
}
