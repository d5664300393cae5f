import { heap, scatter } from "./arrange.ts";
import { fromAbove, hillsAndMeadow, hillsAndTable } from "./backdrops.ts";
import { paint, sheet } from "./canvas.ts";
import { basket, crate, sack, tray } from "./containers.ts";
import type { Look } from "./produce-looks.ts";
import type { Sprite } from "./rasterise.ts";
import { between, pick } from "./seeded-random.ts";

export type Scene = "basket" | "crate" | "sack" | "tray" | "spread" | "heap" | "meadow";
type Draw = (next: () => number, sprites: Sprite[], look: Look) => string;

/** Each scene is a whole picture as SVG; the same numbers give the same picture. */
export const SCENES: Record<Scene, Draw> = {
  basket(next, sprites, look) {
    const back = hillsAndTable(next, 520);
    const x = between(next, 590, 690);
    const vessel = basket(x, 560, 400, 92, 250);
    const shape = { size: look.size, turn: look.turn };
    const held = heap(next, sprites, { ...shape, x, y: 640, width: 640, rows: rowsOf(look) });
    return sheet(
      back.defs + vessel.defs,
      `${back.body}${vessel.behind}${held}${vessel.front}${fallen(next, sprites, look, 905)}`,
    );
  },
  crate(next, sprites, look) {
    const back = hillsAndTable(next, 500);
    const x = between(next, 600, 680);
    const vessel = crate(x, 560, 900, 270);
    const shape = { size: look.size, turn: look.turn };
    const held = heap(next, sprites, { ...shape, x, y: 640, width: 860, rows: rowsOf(look) });
    return sheet(
      back.defs + vessel.defs,
      `${back.body}${vessel.behind}${held}${vessel.front}${fallen(next, sprites, look, 910)}`,
    );
  },
  sack(next, sprites, look) {
    const back = hillsAndTable(next, 540);
    const x = between(next, 580, 660);
    const vessel = sack(x, 520, 320, 84, 310);
    const shape = { size: look.size * 0.86, turn: look.turn };
    const held = heap(next, sprites, { ...shape, x, y: 590, width: 540, rows: rowsOf(look) });
    return sheet(
      back.defs + vessel.defs,
      `${back.body}${vessel.behind}${held}${vessel.front}${fallen(next, sprites, look, 915)}`,
    );
  },
  tray(next, sprites, look) {
    const back = fromAbove(next);
    const x = between(next, 600, 680);
    const radius = 425;
    const vessel = tray(x, 480, radius);
    const reach = radius - 40 - look.size * 0.42;
    const isInside = (px: number, py: number) => Math.hypot(px - x, py - 480) < reach;
    const count = Math.round((reach / look.size) ** 2 * 4.6) + 3;
    const held = scatter(next, sprites, { count, size: look.size, isInside });
    return sheet(back.defs + vessel.defs, `${back.body}${vessel.behind}${held}`);
  },
  spread(next, sprites, look) {
    const back = fromAbove(next);
    const size = look.size * 1.12;
    const lean = pick(next, [-1, 1]);
    // A broad band from corner to corner; the rest of the table stays free.
    const isInside = (x: number, y: number) => Math.abs(y - 480 + (lean * (x - 640)) / 2.6) < 380;
    const count = Math.round(860000 / size ** 2);
    return sheet(back.defs, back.body + scatter(next, sprites, { count, size, isInside }));
  },
  heap(next, sprites, look) {
    const back = hillsAndTable(next, 560);
    const shape = { size: look.size * 1.2, turn: look.turn };
    const rows = Math.min(3, rowsOf(look));
    const x = between(next, 600, 680);
    const held = heap(next, sprites, { ...shape, x, y: 845, width: 900, rows });
    return sheet(back.defs, back.body + held);
  },
  meadow(next, sprites, look) {
    const back = hillsAndMeadow(next, 520);
    const spots = [
      { x: between(next, 300, 380), y: 700, scale: 0.72 },
      { x: between(next, 900, 1000), y: 760, scale: 0.86 },
      { x: between(next, 560, 680), y: 880, scale: 1.1 },
    ];
    const herd = spots.map(({ x, y, scale }, index) => {
      const sprite = sprites[index % sprites.length];
      if (!sprite) throw new Error("no animal");
      const size = look.size * scale;
      return paint({ sprite, x, y, size, turn: 0, isFlipped: next() < 0.5 });
    });
    return sheet(back.defs, back.body + herd.join(""));
  },
};

function rowsOf(look: Look): number {
  return Math.max(2, Math.min(5, Math.round(640 / look.size)));
}

// A few that rolled off, so the eye has something near.
function fallen(next: () => number, sprites: Sprite[], look: Look, y: number): string {
  const left = between(next, 110, 200);
  const right = between(next, 1080, 1180);
  const places = look.size > 230 ? [right] : [left, right - look.size * 0.8, right];
  return places
    .map((x, index) => {
      const sprite = sprites[index % sprites.length];
      if (!sprite) return "";
      const size = look.size * 1.08;
      const turn = between(next, -look.turn, look.turn);
      return paint({
        sprite,
        x,
        y: y + between(next, -18, 14),
        size,
        turn,
        isFlipped: next() < 0.5,
      });
    })
    .join("");
}
