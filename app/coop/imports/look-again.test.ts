import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync("public/enhance/look-again.js", "utf8");

type Answer = { ok: boolean; status: number; redirected: boolean; page: string };
const answered = (page: string, more: Partial<Answer> = {}): Answer => ({
  ...{ ok: true, status: 200, redirected: false, page, ...more },
});

/** Leaves a page of what is under way open until nothing is looked for any more, or for ten looks. */
async function watch(...answers: (Answer | undefined)[]) {
  const shown = { part: "under way 1", main: "the import" };
  let reloads = 0;
  let looks = 0;
  const pageOf = (text: string) => ({
    querySelector: (what: string) =>
      what === "main" || text.startsWith("under way") ? { text } : null,
  });
  const document = {
    querySelector: (what: "main" | "[data-look-again]") => {
      if (what !== "main" && shown.part === "") return null;
      return {
        replaceWith({ text }: { text: string }) {
          if (what === "main") Object.assign(shown, { main: text, part: "" });
          else shown.part = text;
        },
      };
    },
  };
  let next: (() => Promise<void>) | undefined;
  runInNewContext(source, {
    document,
    location: { href: "/coop/imports/1", reload: () => reloads++ },
    setTimeout: (look: typeof next) => {
      next = look;
    },
    fetch: async () => {
      const answer = answers[looks++];
      if (!answer) throw new Error("no signal");
      return { ...answer, text: async () => answer.page };
    },
    DOMParser: class {
      parseFromString = pageOf;
    },
  });
  while (next && looks < 10) {
    const look = next;
    next = undefined;
    await look();
  }
  return { ...shown, reloads, looks };
}

test("while it goes on only how far it is changes, and the whole page when it is done", async () => {
  const steps = [answered("under way 2"), undefined, answered("busy", { ok: false, status: 503 })];
  const done = answered("imported");
  expect(await watch(...steps, answered("under way 3"), done)).toEqual({
    ...{ part: "", main: "imported", reloads: 0, looks: 5 },
  });
  expect(await watch(...steps)).toMatchObject({ part: "under way 2", main: "the import" });
});

test("whoever may see it no more is led where the market sends her, not shown it in its stead", async () => {
  const signIn = answered("sign in", { redirected: true });
  const turnedAway = answered("not yours", { ok: false, status: 403 });
  for (const answer of [signIn, turnedAway]) {
    const seen = { part: "under way 1", main: "the import", reloads: 1, looks: 1 };
    expect(await watch(answer)).toEqual(seen);
  }
});
