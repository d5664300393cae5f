const WIDTH = 5;

/**
 * A term as Meilisearch keeps it. Chinese characters become a nought and the digits of their codes,
 * so that it has one word where PostgreSQL has one: its own dictionary would cut 白合 into 白 and 合,
 * which stand in 白皮 and 合作社 as well. A shorter term stays the beginning of a longer one, and
 * nothing that is typed on a Latin keyboard begins so.
 */
export function meilisearchWord(term: string): string {
  const codes = term.replace(/\p{Script=Han}/gu, (character) =>
    (character.codePointAt(0) ?? 0).toString(16).padStart(WIDTH, "0"),
  );
  return codes === term ? term : `0${codes}`;
}
