declare global {
  interface Window { bareDecoder(runs: number): Promise<number[]> }
}

const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' })

/** Milliseconds of each run of the decoder alone. */
window.bareDecoder = (runs) => new Promise((resolve, reject) => {
  worker.addEventListener('message', ({ data }: MessageEvent<number[] | string>) => (typeof data === 'string' ? reject(new Error(data)) : resolve(data)), { once: true })
  worker.postMessage(runs)
})
