import { type Placed, paint } from "./canvas.ts";
import type { Sprite } from "./rasterise.ts";
import { between } from "./seeded-random.ts";

export interface Heap {
  x: number;
  y: number; // where the front row stands
  width: number;
  rows: number;
  size: number; // height of one
  turn: number; // at most this many degrees to either side
}

/** Rows from the back to the front, each lower and wider: a heap that looks poured. */
export function heap(next: () => number, sprites: Sprite[], shape: Heap): string {
  const painted: string[] = [];
  for (let row = 0; row < shape.rows; row += 1) {
    const nearness = shape.rows === 1 ? 1 : row / (shape.rows - 1);
    const width = shape.width * (0.5 + 0.5 * nearness);
    const step = shape.size * widest(sprites) * 0.74;
    const count = Math.max(1, Math.round(width / step));
    const y = shape.y - (shape.rows - 1 - row) * shape.size * 0.42;
    const order = Array.from({ length: count }, (_, index) => index);
    // From the edges inwards, so that the middle lies on top.
    order.sort((a, b) => Math.abs(b - (count - 1) / 2) - Math.abs(a - (count - 1) / 2));
    for (const index of order) {
      const along = count === 1 ? 0 : index / (count - 1) - 0.5;
      painted.push(
        paint(
          one(next, sprites, shape, {
            x: shape.x + along * (width - step * 0.6) + between(next, -0.06, 0.06) * shape.size,
            y: y + Math.abs(along) * shape.size * 0.24 + between(next, -0.05, 0.05) * shape.size,
          }),
        ),
      );
    }
  }
  return painted.join("");
}

/** Spread without crowding, as on a table seen from above (best of many candidates). */
export function scatter(
  next: () => number,
  sprites: Sprite[],
  shape: { count: number; size: number; isInside: (x: number, y: number) => boolean },
): string {
  const placed: Placed[] = [];
  for (let index = 0; index < shape.count; index += 1) {
    let best: { x: number; y: number; room: number } | null = null;
    for (let candidate = 0; candidate < 300; candidate += 1) {
      const x = between(next, 0, 1280);
      const y = between(next, 0, 960);
      if (!shape.isInside(x, y)) continue;
      const room = Math.min(
        2000,
        ...placed.map((each) => Math.hypot(each.x - x, each.y - each.size / 2 - y)),
      );
      if (!best || room > best.room) best = { x, y, room };
    }
    if (!best) break;
    const item = one(next, sprites, { size: shape.size, turn: 180 }, best);
    placed.push({ ...item, y: best.y + item.size / 2 });
  }
  return placed
    .sort((a, b) => a.y - b.y)
    .map((item) => paint(item, "aside"))
    .join("");
}

function one(
  next: () => number,
  sprites: Sprite[],
  shape: { size: number; turn: number },
  at: { x: number; y: number },
): Placed {
  const sprite = sprites[Math.floor(next() * sprites.length)] ?? sprites[0];
  if (!sprite) throw new Error("nothing to arrange");
  return {
    sprite,
    x: at.x,
    y: at.y,
    size: shape.size * between(next, 0.92, 1.1),
    turn: between(next, -shape.turn, shape.turn),
    isFlipped: next() < 0.4,
  };
}

function widest(sprites: Sprite[]): number {
  return Math.max(...sprites.map((sprite) => sprite.ratio));
}
