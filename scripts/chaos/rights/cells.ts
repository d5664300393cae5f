import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RouteConfigEntry } from "@remix-run/route-config";
import { type CoopRight, type CoopRole, coopRightsOf } from "#app/domain/people/coop-rights.ts";
import { type Door, otherwise, rows } from "./rows.ts";
import type { Side } from "./stage.ts";

export const actors = [
  ...(["anonymous", "buyer", "farmer", "packer", "bookkeeper", "manager"] as const),
  ...(["officer", "operator"] as const),
];
export type Actor = (typeof actors)[number];
const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** What must be answered: a name, and whether an answer is that. */
type Must = { words: string; holds(status: number, location: string): boolean };
export type Cell = {
  actor: Actor;
  method: Method;
  path: string;
  whose: "own" | "another's";
  must: Must;
};

const CLOSED = [401, 403, 404, 405];
const isBetween = (status: number, from: number, to: number) => status >= from && status < to;
const letIn: Must = {
  words: "be let in",
  holds: (status) => isBetween(status, 200, 500) && !CLOSED.includes(status),
};
const notShut: Must = {
  words: "be let in, to what may not be there",
  holds: (status) => isBetween(status, 200, 500) && ![401, 403].includes(status),
};
const signIn: Must = {
  words: "be asked to sign in",
  holds: (status, location) =>
    status === 401 || (status === 303 && location.startsWith("/sign-in?to=")),
};
const exactly = (asked: number): Must => ({
  words: `be answered ${asked}`,
  holds: (status) => status === asked,
});
/** No page: whoever opens the address of a form is led to where it stands, or not even that. */
const noPage: Must = {
  words: "be led to the form's page, or be turned away",
  holds: (status) => status === 303 || isBetween(status, 400, 500),
};
const noForm: Must = {
  words: "be turned away: nothing can be sent there",
  holds: (status) => isBetween(status, 400, 500),
};

const doorOf = new Map(
  Object.entries(rows).flatMap(([door, paths]) => paths.map((path) => [path, door as Door])),
);

function mayEnter(actor: Actor, door: Door): boolean {
  if (door === "everyone") return true;
  if (door === "household") return actor === "farmer";
  if (door === "officer" || door === "operator") return actor === door;
  const role = coopRightsOf[actor as CoopRole];
  if (door === "coop") return role !== undefined;
  return role?.includes(door.replace("coop ", "") as CoopRight) ?? false;
}

type Named = { isNamed: boolean; isStaged: boolean; isOwn: boolean };

function mustAt(door: Door, actor: Actor, { isNamed, isStaged, isOwn }: Named): Must {
  if (door === "machine") return noForm;
  if (door === "everyone") return isNamed ? notShut : letIn;
  if (door === "person") return actor === "anonymous" ? signIn : notShut;
  if (door === "buyer") {
    if (actor !== "buyer" || !isOwn) return exactly(404);
    return isStaged ? letIn : notShut;
  }
  if (actor === "anonymous") return signIn;
  if (!mayEnter(actor, door)) return exactly(403);
  if (!isNamed) return letIn;
  // The market has one operator's desk: nothing there is another's.
  if (door === "operator") return notShut;
  if (!isOwn) return exactly(404);
  return isStaged ? letIn : notShut;
}

/** What a route's file can do, read off its text: the pages themselves need a build to be loaded. */
function abilitiesOf(file: string) {
  const text = readFileSync(join("app", file), "utf8");
  const has = (name: string) =>
    new RegExp(`export (async )?(const|function) ${name}\\b|export \\{[^}]*\\b${name}\\b`).test(
      text,
    );
  return { loads: has("loader"), acts: has("action"), isPage: /export default/.test(text) };
}

const NOBODYS = "018f0000-0000-7000-8000-00000000";
const sideOf: Partial<Record<Door, keyof Side>> = {
  ...{ buyer: "buyer", household: "household", officer: "officer" },
};

/** What stands in the way of the door's own answer at this address; null where nothing does. */
function exceptionAt(path: string, method: Method, whose: Cell["whose"]) {
  return otherwise.find((each) => {
    if (!each.paths.includes(path)) return false;
    return !("method" in each) || (each.method === method && each.whose === whose);
  });
}

/** Every route × method × actor × whose; and the routes of which no row says who may come in. */
export function makeCells(
  routes: readonly RouteConfigEntry[],
  sides: { own: Side; another: Side },
): { cells: Cell[]; without: string[] } {
  const cells: Cell[] = [];
  const without: string[] = [];
  for (const { path = "", file } of routes) {
    if (path === "*") continue;
    const door = doorOf.get(path);
    if (!door) {
      without.push(`/${path} has no row: nobody said who may come in`);
      continue;
    }
    const plain = path.replace(/\/:\w+\?$/, "");
    const names = [...plain.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
    const { loads, acts, isPage } = abilitiesOf(file);
    for (const whose of names.length > 0 ? (["own", "another's"] as const) : (["own"] as const)) {
      const side = whose === "own" ? sides.own : sides.another;
      const things = side[sideOf[door] ?? "coop"];
      const isStaged = names.every((name) => things[name] !== undefined);
      const address = `/${plain.replace(/:(\w+)/g, (_, name) => things[name] ?? `${NOBODYS}0001`)}`;
      const named = { isNamed: names.length > 0, isStaged, isOwn: whose === "own" };
      for (const actor of actors) {
        for (const method of METHODS) {
          const base = { actor, method, whose, path: address } as const;
          const other = exceptionAt(path, method, whose);
          const isHers = other !== undefined && "isAlwaysHers" in other;
          const open = mustAt(
            door,
            actor,
            isHers ? { ...named, isStaged: false, isOwn: true } : named,
          );
          const isForm = acts && !isPage;
          if (other && "speaks" in other) cells.push({ ...base, must: noPage });
          else if (other && "status" in other && mayEnter(actor, door)) {
            cells.push({ ...base, must: exactly(other.status) });
          } else if (method === "PUT" || method === "DELETE") {
            cells.push({ ...base, must: exactly(405) });
          } else if (method === "GET") {
            cells.push({ ...base, must: !loads || isForm ? noPage : open });
          } else cells.push({ ...base, must: acts ? open : noForm });
        }
      }
    }
  }
  return { cells, without };
}
