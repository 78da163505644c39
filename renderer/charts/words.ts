export const words = {
  asTable: (title: string) => `Show the table of ${title}`, asChart: (title: string) => `Show the chart of ${title}`, csv: (title: string) => `Save ${title} as CSV`, svg: (title: string) => `Save ${title} as SVG`,
  low: 'low', high: 'high',
} as const
