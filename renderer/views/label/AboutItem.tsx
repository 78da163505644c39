import type { Asset } from '#shared/model/asset.ts'
import { Badge } from '#renderer/ui/Feedback.tsx'
import { words } from './words.ts'

/** What is known of the file: its size, what the import noticed, its free columns. */
export function AboutItem({ asset }: { readonly asset: Asset }) {
  const rows: [name: string, value: string][] = [
    [words.item.name, asset.name],
    [words.item.size, asset.kind === 'image' ? `${asset.width} × ${asset.height} px` : `${words.seconds(asset.duration)}, ${asset.sampleRate.toLocaleString()} Hz`],
    [words.item.bytes, `${(asset.bytes / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} kB`],
    [words.item.source, asset.source.path],
    ...Object.entries(asset.metadata).map(([name, value]): [string, string] => [name, String(value)]),
  ]
  return (
    <div className="about">
      {asset.findings.length > 0 ? <div className="about__findings">{asset.findings.map((finding) => <Badge key={finding} tone="attention">{finding}</Badge>)}</div> : null}
      <dl>{rows.map(([name, value]) => <div key={name}><dt className="q-clip">{name}</dt><dd className="q-clip q-selectable" title={value} dir="auto">{value}</dd></div>)}</dl>
    </div>
  )
}
