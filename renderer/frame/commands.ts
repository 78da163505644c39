import { createStore } from 'zustand/vanilla'
import { isPlain } from './keys.ts'

/** Something a person can ask for: the palette, the cheat sheet and the keyboard all read this one table. */
export interface Command {
  /** Stable, for remapped keys: "label.next-item". */
  readonly id: string
  readonly name: string
  /** The heading it stands under. */
  readonly group: string
  /** The keys it has unless the person chose another: "Mod+K", "N", "Shift+N". */
  readonly keys: readonly string[]
  /** False while it cannot be done; then its key does nothing and the palette leaves it out. */
  readonly when?: () => boolean
  readonly run: () => void
  /** Kept out of the palette (keys that only make sense under the hand, such as "1"). */
  readonly unlisted?: boolean
}

/** Command id → the key the person chose; an empty string takes the key away. */
export type Remapped = Readonly<Record<string, string>>

export const keysOf = (command: Pick<Command, 'id' | 'keys'>, remapped: Remapped): readonly string[] => {
  const own = Object.hasOwn(remapped, command.id) ? remapped[command.id] : undefined
  return own === undefined ? command.keys : own === '' ? [] : [own]
}

/** Keys that more than one command answers to, with the commands' ids in the order of the table. */
export function conflicts(commands: readonly Command[], remapped: Remapped): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>()
  for (const command of commands) {
    for (const key of keysOf(command, remapped)) holders.set(key, [...(holders.get(key) ?? []), command.id])
  }
  return new Map([...holders].filter(([, ids]) => ids.length > 1))
}

/**
 * The command for a key: the last registered that can be done now (a view's before the frame's).
 * While a person types, keys that are also text belong to the text.
 */
export function commandFor(key: string, commands: readonly Command[], remapped: Remapped, typing: boolean): Command | null {
  if (typing && isPlain(key)) return null
  return commands.findLast((command) => keysOf(command, remapped).includes(key) && (command.when?.() ?? true)) ?? null
}

/** The commands that exist now. Views register theirs while they are mounted. */
export function createCommandTable() {
  const store = createStore<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }))
  /** Adds commands and returns what takes them out again. */
  const register = (added: readonly Command[]) => {
    store.setState(({ commands }) => ({ commands: [...commands, ...added] }))
    return () => store.setState(({ commands }) => ({ commands: commands.filter((command) => !added.includes(command)) }))
  }
  return { store, register, list: () => store.getState().commands }
}
export type CommandTable = ReturnType<typeof createCommandTable>
