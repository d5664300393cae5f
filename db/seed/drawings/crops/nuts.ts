import { icon } from "./crop-sprite.ts";
import { basket, heap } from "./goods.ts";
import { leaf, line, oval, several, shape, shine } from "./strokes.ts";

export const nutPictures: Record<string, string> = {
  walnut: icon("walnut"),
  chestnut: icon("chestnut"),
  peanut: icon("peanuts"),
  "sunflower-seed": heap(
    shape("M16 6q5 9 3 15-3 4-6 0-2-6 3-15Z", "@3c3835") +
      line("M14.500 19q-.5-5 1-9M17.500 19q.5-5-1-9", "#e8e2d8", 1.1),
    0.72,
  ),
  almond: heap(
    shape("M16 6q7 7 5 14-5 6-10 0-2-7 5-14Z", "@c98a4b") +
      line("M16 9v11M13.500 19q-.5-4 1-8M18.500 19q.5-4-1-8", "#8d5624", 0.8),
    0.8,
  ),
  "pine-nut": heap(
    shape("M16 8q6 5 4 11-4 4-8 0-2-6 4-11Z", "@8d5a34") +
      shape("M13 12q3-2 6 0-1-3-3-4-2 1-3 4Z", "#d9b98a"),
    0.72,
  ),
  hazelnut: several(
    shape("M6 16q10-7 20 0-1 12-10 13Q7 28 6 16Z", "@b5723a") +
      shape("M6 17q10-6 20 0 0-6-10-7Q6 11 6 17Z", "#e3c08e") +
      shine(11, 19),
    [
      [10, 11, 0.72, -12],
      [22, 13, 0.72, 14],
      [15, 22, 0.78],
    ],
  ),
  ginkgo:
    several(oval(16, 16, 6, 8, "@f2ead2") + line("M16 9v14", "#c9b98c", 1), [
      [9, 20, 0.9, -20],
      [17, 24, 0.9, 60],
    ]) +
    shape("M22 24Q20 16 11 8q6-6 11-1 6-5 10 2-8 5-10 15Z", "@e0bd3c") +
    line("M22 29v-6M22 22Q21 14 17 8M22 22q1-9 5-14", "#a8861c", 0.9),
  torreya: heap(oval(16, 16, 4, 7, "@9c6b3e"), 1),
  sesame:
    heap(shape("M16 10q5 5 3 9-3 3-6 0-2-4 3-9Z", "@2f2b2e"), 0.5) +
    several(shape("M16 10q5 5 3 9-3 3-6 0-2-4 3-9Z", "@efdfb8"), [
      [12, 12, 0.5, 70],
      [21, 16, 0.5, 10],
      [8, 19, 0.5, -40],
      [18, 20, 0.5, 80],
      [12, 27, 0.5, 30],
      [26, 18, 0.5, 30],
      [25, 27, 0.5, 100],
      [17, 28, 0.5, -20],
      [5, 27, 0.5, 60],
      [16, 4, 0.5, 50],
    ]) +
    leaf(4, 6, 30, "@6f9a3c", 7),
  "other-nuts": basket,
};
