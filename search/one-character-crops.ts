// Data: crops as they are named by one character behind a place, 树河梨, and the categories that are meant.

const MEANT = `
梨 梨|枣 红枣 鲜枣|桃 桃子|李 李子|杏 杏子|柿 柿子 柿饼|橙 橙子|柚 柚子|橘 柑橘 耙耙柑|桔 柑橘 金桔|柑 柑橘 耙耙柑
蕉 香蕉|栗 板栗|蒜 大蒜 蒜苗|姜 生姜|葱 大葱|藕 莲藕|芋 芋头|薯 红薯 紫薯|笋 竹笋 笋干|椒 花椒 青花椒 辣椒 甜椒 干辣椒
茶 茶叶 绿茶 红茶 黑茶 白茶 乌龙茶|荞 苦荞|米 大米 黑米 糯米 小米|蜜 土蜂蜜 槐花蜜 油菜蜜 枣花蜜 蜂巢蜜
菇 香菇 平菇 杏鲍菇 金针菇 茶树菇 猴头菇|蛋 土鸡蛋 鸭蛋 咸鸭蛋 皮蛋 鹌鹑蛋|鸡 土鸡 乌鸡|鸭 土鸭|鹅 土鹅|兔 兔肉
羊 羊肉|牛 牛肉|猪 猪肉|鱼 鲤鱼 草鱼 鲫鱼 鳟鱼 鱼干`;

const meant = new Map(
  MEANT.trim()
    .split(/[|\n]/)
    .map((line) => {
      const [character = "", ...names] = line.split(" ");
      return [character, names] as const;
    }),
);

/** What the categories are called of which a character is the whole name: of 枣 红枣 and 鲜枣. */
export const cropsOfOne = (character: string): readonly string[] => meant.get(character) ?? [];
