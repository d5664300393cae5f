/**
 * Characters that are mixed up because they look alike, in names of produce, places and grades: those
 * of a group may stand for each other. What only sounds alike is not here, nor what names two things
 * that are both sold, as 鸡 and 鸭 do.
 */
const GROUPS =
  "土士 袖柚 荼茶 未木末本 柰奈 粟栗 己已 梗粳 姜美 大太犬 挑桃姚 瓜爪 杏否 枣束 柿沛 樱缨 莓苺 豆亘 米来 荞养 蒜祘 葱忽 笋尹 " +
  "菇茹 茸耳 蜂峰 密蜜 挤脐 橙澄 柑拑 粱梁 犁梨 该刻核 署薯 芊芋竿 萝箩 藕耦 淑椒 拘枸 把杷杞 茂芪 芝乏 薄簿 原源 扎礼 乌鸟 " +
  "寻导 衬树 何河 桥侨 潭谭 帽冒 卫韦 级极汲 特持 芒茫 抽油 猴候 狝猕 遂榴 蕉焦 萄陶";

const LONGEST_WORD = 8;
const MOST_SLIPS = 2;
const MOST_VARIANTS = 12;

const alike = new Map<string, string[]>();
for (const group of GROUPS.split(" ").map((line) => [...line])) {
  for (const character of group) {
    const others = group.filter((other) => other !== character);
    alike.set(character, [...(alike.get(character) ?? []), ...others]);
  }
}

/** The words that a Chinese one looks like: 富土 → 富士. At most two of its characters are other ones. */
export function lookAlikes(word: string): string[] {
  const characters = [...word];
  if (characters.length < 2 || characters.length > LONGEST_WORD) return [];
  let written = [{ text: "", slips: 0 }];
  for (const character of characters) {
    const choices = [character, ...(alike.get(character) ?? [])];
    written = written.flatMap(({ text, slips }) =>
      choices.map((choice) => ({
        text: text + choice,
        slips: slips + (choice === character ? 0 : 1),
      })),
    );
    written = written.filter(({ slips }) => slips <= MOST_SLIPS);
  }
  return written
    .filter(({ slips }) => slips > 0)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST_VARIANTS)
    .map(({ text }) => text);
}
