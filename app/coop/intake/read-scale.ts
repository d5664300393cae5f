import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { readOpenPools, readUsualCrops } from "#app/domain/intake/find-at-scale.ts";
import { readCrops } from "#app/domain/listings/read-crops.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { keeperKey } from "./keeper.ts";

/** What the scale's form can be filled in with; nothing of any household. */
export async function readScale(context: AppLoadContext, scope: CoopScope) {
  const { db, locale } = context;
  const [groups, usual, pools] = await Promise.all([
    readCrops(db, locale),
    readUsualCrops(db, scope),
    readOpenPools(db, scope),
  ]);
  return { options: { groups, usual, pools }, keeper: keeperKey(scope), clientKey: uuidv7() };
}
