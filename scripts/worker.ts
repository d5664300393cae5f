/** Works the queued jobs until it is told to stop; says every few seconds that it lives. */
import { join } from "node:path";
import { run, type TaskList } from "graphile-worker";
import { sql } from "kysely";
import { replaceOriginals } from "#app/domain/photos/replace-originals.ts";
import { leftOriginalsIn } from "#app/gateways/left-originals.ts";
import { schedule } from "#app/jobs/schedule.ts";
import { tasks } from "#app/jobs/tasks.ts";
import { createServices } from "#app/services.ts";
import { ownEnv } from "./start/own-env.ts";

const BEAT_MS = 5_000;
const CONCURRENCY = 4;

const env = ownEnv();
const services = await createServices(env, "worker");
const { db, log, pool } = services;

async function beat(): Promise<void> {
  await sql`insert into heartbeats (name, beat_at) values ('worker', now())
    on conflict (name) do update set beat_at = excluded.beat_at`.execute(db);
}

/**
 * A worker that was killed leaves its jobs locked, and the queue would believe for four hours that
 * they are being worked. A market has one worker, so whoever holds a job when it starts is gone;
 * every job may be run twice.
 * https://worker.graphile.org/docs/admin-functions#force-unlock-workers
 */
async function freeJobsOfTheDead(): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(array(
    select distinct locked_by from graphile_worker.jobs where locked_by is not null))`.execute(db);
}

/** Earlier versions stored photos as the camera wrote them, with the place they were taken at. */
async function strikeOriginals(): Promise<void> {
  const originals = leftOriginalsIn(join(env.DATA_DIR, "photos", "originals"));
  const gateways = { originals, store: services.photos, strip: services.stripPhoto };
  const { replaced } = await replaceOriginals(db, gateways);
  if (replaced > 0) log.info({ replaced }, "photos of an earlier version were stripped");
}

await freeJobsOfTheDead();
const runner = await run({
  pgPool: pool,
  concurrency: CONCURRENCY,
  taskList: tasks(services) as TaskList,
  crontab: schedule,
  noHandleSignals: true,
});
await beat();
const beating = setInterval(() => {
  beat().catch((error: Error) => log.warn({ err: error }, "the heartbeat could not be written"));
}, BEAT_MS);
log.info("the worker works");
strikeOriginals().catch((error: Error) => log.error({ err: error }, "photos are not all stripped"));

/** Takes no new job, finishes those under way, then leaves. */
async function stop(): Promise<void> {
  clearInterval(beating);
  await runner.stop().catch(() => {});
  await services.close();
  process.exit(0);
}
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());
await runner.promise;
