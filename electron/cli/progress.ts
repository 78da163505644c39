import type { WriteStream } from 'node:tty'

export interface ProgressPrinter {
  progress(done: number, total: number | null, what: string): void
  line(text: string): void
  end(): void
}

const barWidth = 24

/** A bar on a terminal, a line a second otherwise. */
export function progressPrinter(stream: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean }): ProgressPrinter {
  let shown = false
  // What is done within a second needs no line.
  let last = stream.isTTY ? 0 : Date.now()
  const clear = () => {
    if (shown) stream.write('\r\u001B[K')
    shown = false
  }
  return {
    progress(done, total, what) {
      const every = stream.isTTY ? 100 : 1000
      if (Date.now() - last < every && (done !== total || !stream.isTTY)) return
      last = Date.now()
      const amount = total === null ? `${done}` : `${done}/${total}`
      if (!stream.isTTY) return void stream.write(`${amount} ${what}\n`)
      clear()
      stream.write(`${total ? bar(done / total) : ''} ${amount} ${what}`.slice(0, 100))
      shown = true
    },
    line(text) {
      clear()
      stream.write(`${text}\n`)
    },
    end: clear,
  }
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * barWidth)
  return `[${'='.repeat(full)}${' '.repeat(barWidth - full)}]`
}
