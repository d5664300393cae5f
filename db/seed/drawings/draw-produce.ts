import { iconBody } from "./icon-body.ts";
import { PRODUCE_LOOKS } from "./produce-looks.ts";
import { rasteriseScene, rasteriseSprite, type Sprite, type Tone } from "./rasterise.ts";
import { SCENES } from "./scenes.ts";
import { pick, seededRandom } from "./seeded-random.ts";

const drawn = new Map<string, Promise<Sprite[]>>();

/**
 * Paints a still life of one kind of produce as a 960 × 720 JPEG, so that the seeds carry no
 * photo of anybody's. The same icon and seed give the same picture. The icons are Microsoft's
 * Fluent Emoji (MIT); the rest is painted here.
 */
export async function drawProduce(icon: string, seed: string): Promise<Buffer> {
  const look = PRODUCE_LOOKS[icon];
  if (!look) throw new Error(`no look for "${icon}": add it to produce-looks.ts`);
  const next = seededRandom(`${icon}/${seed}`);
  const draw = SCENES[pick(next, look.scenes)];
  return rasteriseScene(draw(next, await spritesOf(icon, look.tone), look));
}

function spritesOf(icon: string, tone?: Tone): Promise<Sprite[]> {
  const known = drawn.get(icon);
  if (known) return known;
  const sprites = rasteriseSprite(iconBody(icon), tone);
  drawn.set(icon, sprites);
  return sprites;
}
