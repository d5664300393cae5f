import type { Darkroom } from "#app/gateways/darkroom.ts";
import type { CardWords } from "#app/gateways/draw-card.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import { boundedMap } from "./bounded-map.ts";

/** Some two hundred cards. Each is drawn anew in a twentieth of the time that a photo takes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Farmers' photos are worked on in the same place: who shares pages may not keep it busy for long. */
const MOST_WAITING = 8;

export type KeptCards = {
  /** A card that was drawn already. */
  find(name: string): Uint8Array | undefined;
  /** Draws the card of this name, once however many ask at the same time. */
  draw(card: {
    name: string;
    photo: string;
    words: CardWords;
  }): Promise<{ ok: true; bytes: Uint8Array } | { ok: false; reason: "no-photo" | "busy" }>;
};

type Drawn = Awaited<ReturnType<KeptCards["draw"]>>;

/**
 * The cards by which listings are shared, drawn when somebody asks for one and kept in memory for the
 * next. A name is made of all that is on its card, so that what is kept under it is never another.
 * Answers "no-photo" when the store has none of that name, and "busy" when many are being drawn.
 */
export function keepCards({
  photos,
  drawCard,
}: {
  photos: Pick<PhotoStore, "get">;
  drawCard: Darkroom["drawCard"];
}): KeptCards {
  const kept = boundedMap<{ bytes: number; card: Uint8Array }>(MOST_BYTES);
  const drawing = new Map<string, Promise<Drawn>>();

  async function drawn({ name, photo, words }: Parameters<KeptCards["draw"]>[0]): Promise<Drawn> {
    const found = await photos.get(photo);
    if (!found) return { ok: false, reason: "no-photo" };
    const card = await drawCard(found.bytes, words);
    kept.set(name, { bytes: card.byteLength, card });
    return { ok: true, bytes: card };
  }

  return {
    find: (name) => kept.get(name)?.card,
    draw(card) {
      // Drawn since it was looked for: who asks reads the listing in between.
      const ready = kept.get(card.name);
      if (ready) return Promise.resolve({ ok: true, bytes: ready.card });
      const same = drawing.get(card.name);
      if (same) return same;
      if (drawing.size >= MOST_WAITING) return Promise.resolve({ ok: false, reason: "busy" });
      const turn = drawn(card).finally(() => drawing.delete(card.name));
      drawing.set(card.name, turn);
      return turn;
    },
  };
}
