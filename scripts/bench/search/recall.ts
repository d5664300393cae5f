import type { SearchReader } from "#search/engine.ts";
import type { Query } from "./queries.ts";

export const SHOWN = 20;
const MOST_MISSES = 40;

/** Share of what the queries must find that an engine shows first, by kind, and what it misses. */
export async function measureRecall(engine: SearchReader, queries: readonly Query[]) {
  const answers: { query: Query; recall: number }[] = [];
  for (const query of queries) answers.push({ query, recall: await recallOf(engine, query) });
  const kinds = Object.entries(Object.groupBy(answers, ({ query }) => query.kind));
  return {
    value: mean(answers),
    kinds: Object.fromEntries(
      kinds.map(([kind, of = []]) => [
        kind,
        { queries: of.length, recall: Number(mean(of).toFixed(4)) },
      ]),
    ),
    misses: answers
      .filter(({ recall }) => recall < 1)
      .slice(0, MOST_MISSES)
      .map(({ query: { kind, text }, recall }) => `${kind}: ${text} ${recall.toFixed(2)}`),
  };
}

const mean = (of: readonly { recall: number }[]) =>
  of.reduce((sum, { recall }) => sum + recall, 0) / of.length;

async function recallOf(engine: SearchReader, { text, expected }: Query): Promise<number> {
  const { listingIds, isPartial } = await engine.search({ text, limit: SHOWN, offset: 0 });
  // Whoever is told that nothing was found has not found it, whatever stands beneath.
  if (isPartial) return 0;
  const found = listingIds.filter((id) => expected.includes(id)).length;
  return found / Math.min(SHOWN, expected.length);
}
