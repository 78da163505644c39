import { ChevronDown, Plus } from 'lucide-react'
import { useState } from 'react'
import type { TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { TextField } from '#renderer/ui/Field.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#renderer/ui/Menu.tsx'
import type { TierRow } from './layout.ts'
import { addTier, moveTier, newTier, renameTier, setOverlap } from './tierEdits.ts'
import { words } from './words.ts'

interface Props {
  readonly tiers: readonly Tier[]
  readonly rows: readonly TierRow[]
  readonly top: number
  readonly height: number
  readonly scroll: number
  readonly active: TierId | null
  readonly readOnly: boolean
  readonly onActive: (tier: TierId) => void
  readonly onEdit: (edit: Edit | null) => void
  readonly onRemove: (tier: Tier) => void
}

/** The names of the tiers at the left of their rows, with what can be done to each. */
export function TierHeaders({ tiers, rows, top, height, scroll, active, readOnly, onActive, onEdit, onRemove }: Props) {
  const [renaming, setRenaming] = useState<TierId | null>(null)
  return (
    <div className="tier-heads" style={{ top, height }}>
      <div style={{ transform: `translateY(${-scroll}px)` }}>
        {rows.map(({ tier, layer, mine, height: rowHeight }) => (
          <div key={`${tier.id} ${layer}`} className="tier-head" data-active={(mine && tier.id === active) || undefined} data-other={!mine || undefined} style={{ height: rowHeight }}>
            {!mine ? <span className="q-clip q-muted" title={layer}>{layer}</span> : renaming === tier.id ? (
              <TextField label={words.tierName} hideLabel size="small" ref={take} value={tier.name} onCommit={(name) => onEdit(renameTier(tier, name, tiers))} onBlur={() => setRenaming(null)} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === 'Escape') setRenaming(null) }} />
            ) : (
              <>
                <button type="button" className="tier-head__name q-clip" aria-pressed={tier.id === active} onClick={() => onActive(tier.id)} onDoubleClick={() => { if (!readOnly) setRenaming(tier.id) }} dir="auto" title={tier.name}>{tier.name}</button>
                {readOnly ? null : <TierMenu tier={tier} tiers={tiers} onRename={() => setRenaming(tier.id)} onEdit={onEdit} onRemove={onRemove} />}
              </>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

const take = (field: HTMLInputElement | null) => { field?.select() }

interface MenuProps extends Pick<Props, 'tiers' | 'onEdit' | 'onRemove'> { readonly tier: Tier; readonly onRename: () => void }

function TierMenu({ tier, tiers, onRename, onEdit, onRemove }: MenuProps) {
  return (
    <Menu align="start" trigger={<button type="button" className="tier-head__menu" aria-label={words.tierMenu(tier.name)}><ChevronDown aria-hidden="true" /></button>}>
      <MenuItem onSelect={() => setTimeout(onRename)}>{words.rename}</MenuItem>
      <MenuChoice checked={tier.overlap} onSelect={() => onEdit(setOverlap(tier, !tier.overlap))}>{words.overlap}</MenuChoice>
      <MenuItem onSelect={() => onEdit(moveTier(tier, -1, tiers))}>{words.moveUp}</MenuItem>
      <MenuItem onSelect={() => onEdit(moveTier(tier, 1, tiers))}>{words.moveDown}</MenuItem>
      {tier.points ? null : <MenuItem onSelect={() => onEdit(addTier(newTier(words.wordsOf(tier.name), tiers, { parent: tier.id, constraint: 'time-subdivision' })))}>{words.addWords}</MenuItem>}
      <MenuSeparator />
      <MenuItem tone="danger" onSelect={() => onRemove(tier)}>{words.removeTier}</MenuItem>
    </Menu>
  )
}

export function AddTier({ tiers, onEdit }: Pick<Props, 'tiers' | 'onEdit'>) {
  return (
    <Menu align="start" trigger={<button type="button" className="tier-add"><Plus aria-hidden="true" />{words.addTier}</button>}>
      <MenuItem onSelect={() => onEdit(addTier(newTier(words.firstTier, tiers)))}>{words.addTier}</MenuItem>
      <MenuItem onSelect={() => onEdit(addTier(newTier(words.pointsName, tiers, { points: true })))}>{words.addPoints}</MenuItem>
    </Menu>
  )
}
