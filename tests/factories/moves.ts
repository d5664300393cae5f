import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { answerAsHousehold } from "#app/domain/moves/answer-move.ts";
import { askMove } from "#app/domain/moves/ask-move.ts";
import type { DB } from "#db/schema.d.ts";
import { makeManager, makePerson, registerCodeOf } from "./joining.ts";
import { type MadeHousehold, makeHousehold } from "./people.ts";
import { scopeOf } from "./scopes.ts";

/** A household of one cooperative with a phone, and another cooperative that would like to have it. */
export async function makeTwo(db: Kysely<DB>, { hasPhone = true } = {}) {
  const [mine, other] = [await makeManager(db), await makeManager(db)];
  const household = await makeHousehold(db, { cooperative: mine.cooperative });
  if (hasPhone) {
    const { userId: user_id } = await makePerson(db);
    const member = { id: uuidv7(), household_id: household.id, user_id };
    await db.insertInto("household_members").values(member).execute();
  }
  const registerCode = await registerCodeOf(db, household);
  const ask = async () => {
    const asked = await askMove(db, other.scope, { registerCode, clientKey: uuidv7() });
    if (!asked.ok) throw new Error(asked.reason);
    return asked.moveId;
  };
  const agree = (moveId: string) =>
    answerAsHousehold(db, scopeOf(household), { moveId, answer: "agreed" });
  return { mine: mine.scope, other: other.scope, household, registerCode, ask, agree };
}

/** What has become of a move. */
export async function stateOf(db: Kysely<DB>, moveId: string) {
  const row = db.selectFrom("household_moves").where("id", "=", moveId);
  return (await row.select("state").executeTakeFirstOrThrow()).state;
}
/** Which cooperative has a household. */
export async function homeOf(db: Kysely<DB>, { id }: MadeHousehold) {
  const row = db.selectFrom("households").where("id", "=", id);
  return (await row.select("cooperative_id").executeTakeFirstOrThrow()).cooperative_id;
}
