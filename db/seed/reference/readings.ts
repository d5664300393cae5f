import { pinyin } from "pinyin-pro";

/** Where a character of these names is read otherwise than the dictionary guesses. */
const READINGS: Record<string, string> = {
  蘋果: "ping guo",
  仔姜: "zi jiang",
  苕粉: "shao fen",
  鸡枞: "ji zong",
  鸡枞菌: "ji zong jun",
  竹参: "zhu shen",
  藏茶: "zang cha",
  台参: "tai shen",
  园参: "yuan shen",
  鸡头参: "ji tou shen",
  于术: "yu zhu",
  冬术: "dong zhu",
  重楼: "chong lou",
  滇重楼: "dian chong lou",
};

/** How a Chinese name is typed on a Latin keyboard: "tu dou" for 土豆, ü as v. */
export function readingOf(name: string): string {
  return READINGS[name] ?? pinyin(name, { toneType: "none", v: true });
}
