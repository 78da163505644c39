export const words = {
  asTable: (title: string) => `Show the table of ${title}`, asChart: (title: string) => `Show the chart of ${title}`, csv: (title: string) => `Save ${title} as CSV`, svg: (title: string) => `Save ${title} as SVG`,
  low: 'low', high: 'high',
  someShown: (shown: number, of: number) => `${shown} of ${of} are drawn; the table has all.`, allShown: (of: number) => `All ${of} are drawn.`,
  all: (of: number) => `Show all ${of}`, fewer: (most: number) => `Show ${most}`, allOf: (title: string, of: number) => `Show all ${of} of ${title}`, fewerOf: (title: string, most: number) => `Show ${most} of ${title}`,
} as const
