import type { ExportRequest, SplitRequest } from '#shared/contract/exporting.ts'
import { text, UsageError, whole, type Invocation } from './command.ts'

export const exportOptions = {
  format: { type: 'string' }, layer: { type: 'string' }, 'include-drafts': { type: 'boolean' }, split: { type: 'string' }, seed: { type: 'string' },
  'group-by': { type: 'string' }, stratify: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, as: { type: 'string' },
} as const

/** What the flags of `quorum export` ask for. */
export function exportRequest(invocation: Invocation): ExportRequest {
  const format = text(invocation, 'format')
  if (format === null) throw new UsageError('--format is missing; "quorum formats" lists what can be written.')
  return { format, layer: text(invocation, 'layer'), includeDrafts: invocation.flags['include-drafts'] === true, split: splitRequest(invocation) }
}

/** `train=.8,val=.1,test=.1`: positive shares, scaled to sum to 1. */
function splitRequest(invocation: Invocation): SplitRequest | null {
  const asked = text(invocation, 'split')
  if (asked === null) {
    const stray = ['seed', 'group-by', 'stratify'].find((flag) => invocation.flags[flag] !== undefined)
    if (stray) throw new UsageError(`--${stray} goes with --split.`)
    return null
  }
  const shares: Record<string, number> = {}
  for (const part of asked.split(',')) {
    const match = /^([\p{L}\p{N}_-]+)=(\d*\.?\d+)$/u.exec(part.trim())
    if (!match || Number(match[2]) <= 0) throw new UsageError(`--split ${asked}: "${part}" is not a name with a share above 0, like train=.8.`)
    if (shares[match[1]!] !== undefined) throw new UsageError(`--split ${asked}: "${match[1]}" stands there twice.`)
    shares[match[1]!] = Number(match[2])
  }
  return { shares, seed: whole(invocation, 'seed') ?? 0, groupBy: text(invocation, 'group-by'), stratify: invocation.flags['stratify'] === true }
}
