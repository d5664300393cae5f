import { isDatabaseAway } from "#db/database-away.ts";

/** Two: while one is being committed the next is under way, and a slow one holds up no other. */
const AT_ONCE = 2;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Makes of a write of many a write of one: who comes first is written at once and alone, who comes
 * meanwhile waits and is written together with all others that do, `most` at a time. `write` answers
 * in the order it was asked, and writes all or nothing; what failed together is written again one by
 * one, so that nobody is refused for another's fault, unless the database is away.
 */
export function writeTogether<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let atWork = 0;

  async function writeAll(all: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(all.map(({ item }) => item));
      for (const [place, { resolve }] of all.entries()) resolve(results[place] as Result);
    } catch (error) {
      const isAlone = all.length === 1 || isDatabaseAway(error);
      if (isAlone) for (const { reject } of all) reject(error);
      else for (const each of all) await writeAll([each]);
    }
  }

  async function work(): Promise<void> {
    atWork += 1;
    while (waiting.length > 0) await writeAll(waiting.splice(0, most));
    atWork -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (atWork < AT_ONCE) void work();
    });
}
