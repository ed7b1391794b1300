/** What the miniatures are drawn with. Not 1, the seed that code which forgets to hand one on would likely fall back to. */
export const seed = 23
