import { ModelRunner } from './runner.ts'
import { ModelLibrary, modelHash } from './library.ts'
const lib = new ModelLibrary('/tmp/engine/data')
const r = new ModelRunner()
const m = '/work/wt/engine/electron/practice/media/'
for (const [id, f, w, h] of [['nanodet','dog-and-bicycle.jpg',768,576],['nanodet','coffee.jpg',600,400],['selfie','astronaut.jpg',512,512],['pp-ocr-v4','scanned-page.png',384,191]]) {
  const model = lib.need(id)
  const t = performance.now()
  try {
  const a = await r.run({ kind:'predict', by: { kind:'model', key: modelHash(model.manifest), manifest: model.manifest, files: await lib.files(model) }, item: { kind:'image', path: m+f, mime: f.endsWith('png')?'image/png':'image/jpeg', width: w, height: h }, region: null, settings: { threshold: model.manifest.threshold, overlap: model.manifest.overlap, mostDetections: 100 } })
  console.log(id, f, performance.now()-t, a.ms, a.backend, a.outcome.notes, a.outcome.predictions.map(p=>[p.className,p.score.toFixed(2),p.text, JSON.stringify(p.geometry).slice(0,90)].join(' ')))
  } catch (e) { console.log(id, e.reason, e.message) }
}
await r.close()
