/** What every chart is told about itself. */
export interface ChartFace {
  /** What it shows, as its heading and its name for a screen reader: "Accepted drafts a day". */
  readonly title: string
  /** One sentence: of how many, what an interval is. */
  readonly note?: string
  /** Said in the place of a chart without rows. */
  readonly empty: string
}

/** A chart with an axis of figures. */
export interface FigureAxis {
  /** Ends of the axis; none: those of the data. */
  readonly domain?: readonly [number, number]
  /** The ticks are shares, 0 … 1. */
  readonly percent?: boolean
}

/** What stands beside a figure: its interval, where there is one, and of how many it is. */
export interface Measured {
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

/** One of several that are drawn beside each other, a colour and a sign or dash each. */
export interface InSeries { readonly series: string }

/** A figure as a chart says it: "0.812 (0.701 to 0.893, n = 12)". */
export const spoken = (value: number, { low, high, n }: Measured): string =>
  `${value.toFixed(3)} (${low === null || high === null ? '' : `${low.toFixed(3)} to ${high.toFixed(3)}, `}n = ${n.toLocaleString()})`
