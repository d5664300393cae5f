/**
 * What one thing is called from county to county, and in English: any of a line finds all of it.
 * A term of one character is left out, because it stands inside too many other words.
 */
export const synonymGroups: readonly (readonly string[])[] = [
  ["苹果", "蘋果", "apple"],
  ["橙子", "甜橙", "脐橙", "orange"],
  ["柑橘", "桔子", "橘子", "蜜橘", "砂糖橘", "mandarin", "tangerine"],
  ["丑橘", "不知火", "丑柑", "耙耙柑", "粑粑柑", "春见", "dekopon"],
  ["柚子", "文旦", "胡柚", "pomelo"],
  ["柠檬", "lemon"],
  ["雪梨", "梨子", "香梨", "pear"],
  ["桃子", "水蜜桃", "鲜桃", "peach"],
  ["李子", "脆李", "青脆李", "plum"],
  ["樱桃", "车厘子", "大樱桃", "cherry"],
  ["葡萄", "提子", "grape"],
  ["猕猴桃", "奇异果", "阳桃", "kiwi", "kiwi fruit"],
  ["芒果", "杧果", "mango"],
  ["香蕉", "芭蕉", "banana"],
  ["草莓", "士多啤梨", "strawberry"],
  ["石榴", "安石榴", "pomegranate"],
  ["枇杷", "卢橘", "loquat"],
  ["荔枝", "丹荔", "lychee", "litchi"],
  ["柿子", "红柿", "脆柿", "persimmon"],
  ["蓝莓", "越橘", "blueberry"],
  ["西瓜", "寒瓜", "watermelon"],
  ["火龙果", "红龙果", "dragon fruit", "pitaya"],
  ["百香果", "鸡蛋果", "西番莲", "passion fruit"],
  ["菠萝", "凤梨", "pineapple"],
  ["番茄", "西红柿", "洋柿子", "tomato"],
  ["黄瓜", "青瓜", "胡瓜", "cucumber"],
  ["茄子", "矮瓜", "落苏", "aubergine", "eggplant"],
  ["甜椒", "灯笼椒", "彩椒", "菜椒", "sweet pepper", "bell pepper"],
  ["辣椒", "海椒", "辣子", "chili", "chilli"],
  ["白菜", "大白菜", "黄芽白", "chinese cabbage", "napa cabbage"],
  ["卷心菜", "包菜", "莲花白", "圆白菜", "洋白菜", "cabbage"],
  ["西兰花", "青花菜", "绿花菜", "broccoli"],
  ["菜花", "花菜", "花椰菜", "cauliflower"],
  ["南瓜", "倭瓜", "番瓜", "pumpkin", "squash"],
  ["四季豆", "芸豆角", "菜豆", "豆角", "green bean", "french bean"],
  ["玉米", "苞谷", "包谷", "苞米", "棒子", "sweetcorn", "corn", "maize"],
  ["竹笋", "冬笋", "春笋", "笋子", "bamboo shoot"],
  ["黄花菜", "金针菜", "萱草花", "daylily"],
  ["莴笋", "莴苣", "青笋", "celtuce"],
  ["香菜", "芫荽", "coriander", "cilantro"],
  ["空心菜", "通菜", "蕹菜", "water spinach"],
  ["土豆", "洋芋", "马铃薯", "山药蛋", "potato"],
  ["红薯", "地瓜", "番薯", "红苕", "山芋", "甘薯", "白薯", "sweet potato"],
  ["山药", "淮山", "怀山药", "yam"],
  ["芋头", "芋艿", "毛芋", "taro"],
  ["胡萝卜", "红萝卜", "carrot"],
  ["萝卜", "莱菔", "radish", "daikon"],
  ["莲藕", "藕节", "lotus root"],
  ["生姜", "老姜", "小黄姜", "ginger"],
  ["大蒜", "蒜头", "garlic"],
  ["洋葱", "葱头", "圆葱", "onion"],
  ["魔芋", "蒟蒻", "konjac"],
  ["大米", "稻米", "白米", "粳米", "rice"],
  ["小米", "粟米", "millet"],
  ["苦荞", "荞麦", "苦荞麦", "buckwheat"],
  ["燕麦", "莜麦", "裸燕麦", "oat"],
  ["芸豆", "花豆", "腰豆", "kidney bean"],
  ["黄豆", "大豆", "soybean", "soya bean"],
  ["绿豆", "青小豆", "mung bean"],
  ["挂面", "面条", "noodle"],
  ["核桃", "胡桃", "山核桃", "walnut"],
  ["板栗", "栗子", "毛栗", "chestnut"],
  ["花生", "落花生", "长生果", "peanut", "groundnut"],
  ["葵花籽", "瓜子", "葵瓜子", "sunflower seed"],
  ["杏仁", "巴旦木", "almond"],
  ["香菇", "冬菇", "花菇", "shiitake"],
  ["木耳", "黑木耳", "云耳", "wood ear", "black fungus"],
  ["羊肚菌", "羊肚菇", "morel"],
  ["蘑菇", "菌子", "菌菇", "mushroom"],
  ["红枣", "大枣", "枣子", "jujube", "chinese date"],
  ["枸杞", "枸杞子", "goji", "wolfberry"],
  ["茶叶", "茗茶", "tea"],
  ["花椒", "青花椒", "麻椒", "大红袍花椒", "sichuan pepper"],
  ["八角", "大料", "star anise"],
  ["黄芪", "北芪", "astragalus"],
  ["蜂蜜", "土蜂蜜", "蜂糖", "honey"],
  ["菜籽油", "菜油", "清油", "rapeseed oil"],
  ["山茶油", "茶油", "茶籽油", "camellia oil"],
  ["红糖", "黑糖", "蔗糖", "brown sugar"],
  ["鸡蛋", "土鸡蛋", "柴鸡蛋", "草鸡蛋", "egg"],
  ["鸭蛋", "咸鸭蛋", "duck egg"],
  ["土鸡", "走地鸡", "柴鸡", "chicken"],
  ["腊肉", "熏肉", "烟熏肉", "bacon", "cured pork"],
  ["羊肉", "滩羊", "lamb", "mutton"],
];

const isHan = (term: string) => /\p{Script=Han}/u.test(term);

/**
 * Each term with the others of its lines: Meilisearch's own shape of synonyms. Only those of the
 * same script: documents bring the other one along, where 洋芋 does not reach sweet potatoes.
 */
export function synonymsByTerm(): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const group of synonymGroups) {
    for (const term of group) {
      const others = found.get(term) ?? new Set<string>();
      for (const other of group) {
        if (other !== term && isHan(other) === isHan(term)) others.add(other);
      }
      if (others.size > 0) found.set(term, others);
    }
  }
  return Object.fromEntries([...found].map(([term, others]) => [term, [...others]]));
}
