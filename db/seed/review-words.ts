/** What made-up buyers say, by their stars; each says of itself that it is made up. */
export const words: Record<1 | 2 | 3 | 4 | 5, readonly string[]> = {
  5: [
    "箱子很结实，一个没坏，味道也好。（演示评价）",
    "比超市的新鲜，家里老人孩子都爱吃，还会再买。（演示评价）",
    "分量足，到得也快。看得见是哪一户种的，放心。（演示评价）",
    "和照片上一样。打开箱子就闻到香味。（演示评价）",
    "送给朋友，都说好。\n钱能到农户手里，更好。（演示评价）",
    "Fresh and well packed, and I can see who grew it. (demo review)",
  ],
  4: [
    "味道很好，有两个小的，不影响吃。（演示评价）",
    "东西不错，路上多走了一天。（演示评价）",
    "挺新鲜的，包装再厚一点就更好了。（演示评价）",
    "Good, though the box had been opened by the carrier. (demo review)",
  ],
  3: ["味道可以，个头有大有小。（演示评价）", "和想的不太一样，不过也能吃。（演示评价）"],
  2: ["有几个压坏了，联系合作社以后退了一部分。（演示评价）", "等了一个星期才到。（演示评价）"],
  1: ["到的时候坏了一小半，很失望。（演示评价）", "发错了品种，不是我要的。（演示评价）"],
};

/** What cooperatives answer. */
export const answers = {
  glad: [
    "谢谢您，我们会转告这一户。下一批采收后还会上架。（演示回复）",
    "谢谢支持，欢迎再来。（演示回复）",
  ],
  sorry: [
    "对不起，让您失望了。坏的请拍照联系我们，我们按规定退给您。（演示回复）",
    "谢谢提醒，以后装箱时我们会多垫一层。（演示回复）",
  ],
};
