/** The program of the darkroom: works on the photo it is sent, and ends with who started it. */
import type { DarkroomAnswer, DarkroomTask } from "./darkroom.ts";
import { drawCard } from "./draw-card.ts";
import { makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

const LOOK_EVERY_MS = 50;
const mostCpuMs = Number(process.argv[2]);

process.on("message", (task: DarkroomTask) => {
  const before = process.cpuUsage();
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    // Libvips works on threads of its own and cannot be stopped: whoever asked ends this process.
    if ((user + system) / 1_000 > mostCpuMs) answer({ isTooHeavy: true });
  }, LOOK_EVERY_MS);
  const done = work(task).finally(() => clearInterval(watch));
  done.then(
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
