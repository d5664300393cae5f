import { v7 as uuidv7 } from "uuid";
import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import { openFarm } from "./farm.ts";

export type CoopPages = Awaited<ReturnType<typeof openCoopPages>>;

/** Pages of a cooperative over real HTTP, drawn whole. */
export async function openCoopPages(
  pages: Parameters<typeof servePages>[0],
  publicUrl = "http://market.test",
) {
  const farm = await openFarm();
  const { db, made } = farm;
  const { context } = farm.args(new Headers());
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const line = await servePages(pages, services as unknown as Services);

  /** Somebody who works for a cooperative, signed in, and who reads Chinese. */
  async function signInFor(
    cooperativeId: string,
    { role = "manager", name = null }: { role?: CoopRole; name?: string | null } = {},
  ) {
    const { userId, headers } = await made.signIn(made.nextPhone());
    const member = { id: uuidv7(), cooperative_id: cooperativeId, user_id: userId, role, name };
    await db.insertInto("cooperative_members").values(member).execute();
    const own = { cookie: `${headers.get("cookie")}; lang=zh` };
    const get = (path: string) => line.get(path, own);
    const post = (path: string, fields: Parameters<typeof line.post>[1]) =>
      line.post(path, fields, own);
    return { userId, get, post };
  }

  async function close() {
    await line.close();
    await farm.close();
  }

  return { db, signInFor, close };
}
