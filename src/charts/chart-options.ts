/** What every chart takes beside its data. */
export interface ChartOptions {
  /** The alternative text: what the chart shows and what is to be seen in it. */
  label: string
  /** Drawing width in pixels: 680 (the default) for wide places, 340 for phones. Text is at least 12 px at either. */
  width?: number
}

export const wideWidth = 680
export const narrowWidth = 340
/** Below this width charts stack what they else set side by side. */
export const isNarrow = (width: number) => width < 500
