import type * as PlotLibrary from '@observablehq/plot'
import { ChartLine, Download, ImageDown, Table as TableIcon } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { IconButton } from '#renderer/ui/Button.tsx'
import './charts.css'
import type { ChartFace } from './measured.ts'
import { save } from './save.ts'
import { colorOf } from './series.ts'
import { csvOf, shown, type Table } from './table.ts'
import { words } from './words.ts'

/** The library; it is loaded with the first chart, so that the window does not wait for it. */
export type Plot = typeof PlotLibrary

export interface ChartProps extends ChartFace {
  /** CSS pixels; the width is that of its place. */
  readonly height?: number
  /** What it is drawn from; it can be read in the chart's place and leaves as CSV. */
  readonly table: Table
  /** Scales and marks. Called again for another width or when it changes itself: hand in one function for the same data (useCallback). */
  readonly draw: (plot: Plot, width: number) => PlotLibrary.PlotOptions
  /** Names of the series that the drawing itself does not name, in the order of their colours. */
  readonly legend?: readonly string[]
  /** Whether it needs the whole width of its place, beside no other. */
  readonly wide?: boolean
  /** What stands below the drawing: what it leaves out, and a way to see it. */
  readonly below?: ReactNode
}

/** A chart with the table behind it; chart and table leave as SVG and CSV. */
export function Chart({ title, note, height = 200, table, draw, legend = [], wide = false, below = null, empty }: ChartProps) {
  const [asTable, setAsTable] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const none = table.rows.length === 0
  const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/gu, '')
  const saveSvg = () => {
    const svg = place.current?.querySelector('svg')
    if (svg) save(`${name}.svg`, 'image/svg+xml', svgText(svg))
  }
  return (
    <figure className="chart" aria-label={title} data-wide={wide || undefined}>
      <figcaption className="chart__head">
        <span className="q-grow"><strong>{title}</strong>{note === undefined ? null : <span className="q-muted"> · {note}</span>}</span>
        {none ? null : (
          <>
            <IconButton size="small" label={asTable ? words.asChart(title) : words.asTable(title)} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? <ChartLine /> : <TableIcon />}</IconButton>
            <IconButton size="small" label={words.csv(title)} onClick={() => save(`${name}.csv`, 'text/csv;charset=utf-8', csvOf(table))}><Download /></IconButton>
            {asTable ? null : <IconButton size="small" label={words.svg(title)} onClick={saveSvg}><ImageDown /></IconButton>}
          </>
        )}
      </figcaption>
      {legend.length > 1 && !asTable && !none ? <ul className="chart__legend">{legend.map((series, index) => <li key={series}><i style={{ background: colorOf(index) }} data-sign={index % 2} aria-hidden="true" /><span className="q-clip" dir="auto">{series}</span></li>)}</ul> : null}
      {none ? <p className="q-muted chart__empty" style={{ minHeight: height }}>{empty}</p> : asTable ? <DataTable table={table} title={title} height={height} /> : <Drawing place={place} title={title} height={height} draw={draw} />}
      {none || asTable ? null : below}
    </figure>
  )
}

interface DrawingProps extends Pick<ChartProps, 'title' | 'draw'> { readonly height: number; readonly place: RefObject<HTMLDivElement | null> }

function Drawing({ place, title, height, draw }: DrawingProps) {
  const [width, setWidth] = useState(0)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  useEffect(() => {
    if (width === 0) return undefined
    let current = true
    void import('@observablehq/plot').then((plot) => {
      const element = place.current
      if (!current || !element) return
      const { style, ...options } = draw(plot, width)
      const drawing = plot.plot({ width, height, className: 'plot', ...options, ariaLabel: title, style: typeof style === 'object' ? style : {} })
      drawing.setAttribute('role', 'img')
      // The library names groups that have no role; the picture has one name, and the table says the rest.
      for (const group of drawing.querySelectorAll('g[aria-label], g[aria-description]')) { group.removeAttribute('aria-label'); group.removeAttribute('aria-description') }
      element.replaceChildren(drawing)
      setScrolls((options.width ?? width) > width)
    })
    return () => { current = false }
  }, [place, draw, width, height, title])
  // What is wider than its place scrolls, so keys must reach it.
  return <div ref={place} className="chart__drawing" style={{ minHeight: height }} {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})} />
}

function DataTable({ table, title, height }: { readonly table: Table; readonly title: string; readonly height: number }) {
  const numbers = table.columns.map((_, at) => table.rows.every((cells) => typeof cells[at] !== 'string'))
  return (
    // It scrolls, so keys must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="chart__table" style={{ minHeight: height, maxHeight: Math.max(height, 320) }} tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead><tr>{table.columns.map((column, at) => <th key={column} scope="col" data-number={numbers[at] || undefined}>{column}</th>)}</tr></thead>
        <tbody>{table.rows.map((cells, row) => <tr key={cells.join('\t') + String(row)}>{cells.map((cell, at) => <td key={table.columns[at]} dir={typeof cell === 'string' ? 'auto' : undefined} data-number={numbers[at] || undefined}>{shown(cell)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}

/** The drawing as a file of its own: tokens of the page become the colours that they stand for. */
function svgText(svg: SVGElement): string {
  const copy = svg.cloneNode(true) as SVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const { color, fontFamily } = getComputedStyle(svg)
  copy.setAttribute('color', color)
  copy.setAttribute('font-family', fontFamily)
  const tokens = getComputedStyle(document.documentElement)
  return new XMLSerializer().serializeToString(copy).replaceAll(/var\((--[\w-]+)\)/gu, (_, name: string) => tokens.getPropertyValue(name).trim())
}
