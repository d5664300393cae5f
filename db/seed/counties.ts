/** A product a county is known for: what the seed lists there. Prices in fen per jin. */
export type SeedProduct = {
  category: string;
  zh: string;
  en: string;
  unit: "box-5jin" | "kg" | "bag" | "head";
  unitGrams: number;
  fenPerJin: readonly [low: number, high: number];
};

export type SeedCounty = {
  region: string;
  accountPrefix: string;
  programme: { code: string; zh: string; en: string };
  cooperatives: readonly { slug: string; zh: string; en: string; feeBasisPoints: number }[];
  townships: readonly (readonly [zh: string, en: string])[];
  surnames: readonly (readonly [zh: string, en: string])[];
  products: readonly SeedProduct[];
};

// Three counties that were on the national list of poor counties and left it by 2020, and what
// they grow. Every cooperative, household and person here is made up.
export const counties: readonly SeedCounty[] = [
  {
    region: "513423",
    accountPrefix: "LS",
    programme: { code: "LS-2026", zh: "凉山产业帮扶", en: "Liangshan produce relief" },
    cooperatives: [
      {
        slug: "yanyuan",
        zh: "盐源高山苹果合作社",
        en: "Yanyuan Highland Apple Co-op",
        feeBasisPoints: 600,
      },
      {
        slug: "meiyu",
        zh: "梅雨河谷农产合作社",
        en: "Meiyu Valley Produce Co-op",
        feeBasisPoints: 550,
      },
    ],
    townships: [
      ["树河镇", "Shuhe"],
      ["卫城镇", "Weicheng"],
      ["梅雨镇", "Meiyu"],
      ["白乌镇", "Baiwu"],
    ],
    surnames: [
      ["吉克", "Jike"],
      ["沙马", "Shama"],
      ["阿木", "Amu"],
      ["曲比", "Qubi"],
      ["马海", "Mahai"],
      ["罗", "Luo"],
    ],
    products: [
      {
        category: "apple",
        zh: "盐源丑苹果",
        en: "Yanyuan ugly apples",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [480, 680],
      },
      {
        category: "apple",
        zh: "高山红富士苹果",
        en: "Highland Red Fuji apples",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [520, 780],
      },
      {
        category: "apple",
        zh: "王林青苹果",
        en: "Orin green apples",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [460, 640],
      },
      {
        category: "sichuan-pepper",
        zh: "盐源花椒",
        en: "Yanyuan Sichuan pepper",
        unit: "bag",
        unitGrams: 250,
        fenPerJin: [3600, 5200],
      },
      {
        category: "walnut",
        zh: "盐源薄壳核桃",
        en: "Thin-shell walnuts",
        unit: "bag",
        unitGrams: 1500,
        fenPerJin: [1100, 1600],
      },
      {
        category: "potato",
        zh: "高原红皮土豆",
        en: "Red-skinned plateau potatoes",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [160, 260],
      },
      {
        category: "buckwheat",
        zh: "凉山黑苦荞",
        en: "Liangshan black Tartary buckwheat",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [900, 1400],
      },
      {
        category: "kidney-bean",
        zh: "高山白芸豆",
        en: "Highland white kidney beans",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [650, 950],
      },
      {
        category: "morel",
        zh: "林下羊肚菌",
        en: "Forest morels",
        unit: "bag",
        unitGrams: 100,
        fenPerJin: [26000, 36000],
      },
      {
        category: "radish",
        zh: "圆根萝卜",
        en: "Round mountain turnips",
        unit: "head",
        unitGrams: 800,
        fenPerJin: [120, 200],
      },
      {
        category: "honey",
        zh: "盐源百花土蜂蜜",
        en: "Wild-flower honey",
        unit: "bag",
        unitGrams: 500,
        fenPerJin: [4500, 6800],
      },
    ],
  },
  {
    region: "621226",
    accountPrefix: "LN",
    programme: { code: "LN-2026", zh: "陇南乡村振兴帮扶", en: "Longnan rural relief" },
    cooperatives: [
      {
        slug: "lixian",
        zh: "礼县花牛苹果合作社",
        en: "Lixian Huaniu Apple Co-op",
        feeBasisPoints: 600,
      },
      {
        slug: "yanguan",
        zh: "盐官山货合作社",
        en: "Yanguan Mountain Goods Co-op",
        feeBasisPoints: 500,
      },
    ],
    townships: [
      ["盐官镇", "Yanguan"],
      ["永兴镇", "Yongxing"],
      ["红河镇", "Honghe"],
      ["宽川镇", "Kuanchuan"],
    ],
    surnames: [
      ["赵", "Zhao"],
      ["马", "Ma"],
      ["魏", "Wei"],
      ["杜", "Du"],
      ["牛", "Niu"],
    ],
    products: [
      {
        category: "apple",
        zh: "礼县花牛苹果",
        en: "Lixian Huaniu apples",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [450, 650],
      },
      {
        category: "walnut",
        zh: "陇南清香核桃",
        en: "Longnan walnuts",
        unit: "bag",
        unitGrams: 2000,
        fenPerJin: [1000, 1500],
      },
      {
        category: "sichuan-pepper",
        zh: "武都大红袍花椒",
        en: "Dahongpao Sichuan pepper",
        unit: "bag",
        unitGrams: 250,
        fenPerJin: [4200, 6000],
      },
      {
        category: "wood-ear",
        zh: "秦岭黑木耳",
        en: "Qinling black wood ear",
        unit: "bag",
        unitGrams: 250,
        fenPerJin: [4200, 5600],
      },
      {
        category: "potato",
        zh: "礼县黄心土豆",
        en: "Yellow-flesh potatoes",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [140, 230],
      },
      {
        category: "lily-bulb",
        zh: "鲜百合",
        en: "Fresh lily bulbs",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [1400, 2200],
      },
      {
        category: "noodles",
        zh: "手工空心挂面",
        en: "Hand-drawn hollow noodles",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [600, 900],
      },
      {
        category: "garlic",
        zh: "紫皮大蒜",
        en: "Purple-skin garlic",
        unit: "bag",
        unitGrams: 2500,
        fenPerJin: [380, 560],
      },
      {
        category: "honey",
        zh: "陇南土蜂蜜",
        en: "Longnan mountain honey",
        unit: "bag",
        unitGrams: 500,
        fenPerJin: [4800, 7000],
      },
      {
        category: "persimmon",
        zh: "火晶柿子",
        en: "Fire-crystal persimmons",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [360, 520],
      },
    ],
  },
  {
    region: "360734",
    accountPrefix: "GZ",
    programme: { code: "GZ-2026", zh: "赣南脐橙帮扶", en: "Gannan orange relief" },
    cooperatives: [
      { slug: "xunwu", zh: "寻乌脐橙合作社", en: "Xunwu Navel Orange Co-op", feeBasisPoints: 580 },
      {
        slug: "dongjiangyuan",
        zh: "东江源果蔬合作社",
        en: "Dongjiang Source Produce Co-op",
        feeBasisPoints: 620,
      },
    ],
    townships: [
      ["南桥镇", "Nanqiao"],
      ["吉潭镇", "Jitan"],
      ["澄江镇", "Chengjiang"],
      ["桂竹帽镇", "Guizhumao"],
    ],
    surnames: [
      ["谢", "Xie"],
      ["钟", "Zhong"],
      ["曾", "Zeng"],
      ["古", "Gu"],
      ["凌", "Ling"],
      ["赖", "Lai"],
    ],
    products: [
      {
        category: "orange",
        zh: "赣南脐橙",
        en: "Gannan navel oranges",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [380, 580],
      },
      {
        category: "mandarin",
        zh: "寻乌蜜桔",
        en: "Xunwu honey mandarins",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [320, 480],
      },
      {
        category: "pomelo",
        zh: "客家红心蜜柚",
        en: "Red-flesh honey pomelos",
        unit: "head",
        unitGrams: 1250,
        fenPerJin: [280, 420],
      },
      {
        category: "kiwi",
        zh: "东江源猕猴桃",
        en: "Dongjiang kiwi fruit",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [620, 880],
      },
      {
        category: "shiitake",
        zh: "椴木香菇",
        en: "Log-grown shiitake",
        unit: "bag",
        unitGrams: 250,
        fenPerJin: [4600, 6200],
      },
      {
        category: "sweet-potato",
        zh: "客家红薯",
        en: "Hakka sweet potatoes",
        unit: "box-5jin",
        unitGrams: 2500,
        fenPerJin: [220, 340],
      },
      {
        category: "ginger",
        zh: "小黄姜",
        en: "Small yellow ginger",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [520, 760],
      },
      {
        category: "tea",
        zh: "高山绿茶",
        en: "Mountain green tea",
        unit: "bag",
        unitGrams: 250,
        fenPerJin: [12000, 22000],
      },
      {
        category: "bamboo-shoot",
        zh: "鲜冬笋",
        en: "Winter bamboo shoots",
        unit: "kg",
        unitGrams: 1000,
        fenPerJin: [900, 1300],
      },
      {
        category: "camellia-oil",
        zh: "山茶油",
        en: "Camellia seed oil",
        unit: "bag",
        unitGrams: 1000,
        fenPerJin: [5200, 7200],
      },
      {
        category: "egg",
        zh: "山地土鸡蛋",
        en: "Free-range eggs",
        unit: "bag",
        unitGrams: 1500,
        fenPerJin: [1500, 2100],
      },
    ],
  },
];
