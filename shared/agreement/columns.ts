/** What a column of a table of answers can hold. `gold`: an answer that is known. */
export type ColumnRole = 'task' | 'worker' | 'label' | 'text' | 'gold'

/** Usual names, the most telling first; of a header that holds several words any of them counts, after those that are nothing else. */
export const usualNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  task: ['task', 'item', 'unit', 'question', 'example', 'subject', 'object', 'instance', 'document', 'doc', 'image', 'audio', 'hit', 'sample', 'sentence', 'orig', 'input', 'file', 'filename', 'url', 'row', 'index', ''],
  worker: ['worker', 'annotator', 'performer', 'rater', 'coder', 'labeler', 'labeller', 'observer', 'judge', 'user', 'person', 'contributor', 'assessor', 'turker', 'turk', 'crowdworker', 'participant', 'respondent', 'author'],
  label: ['label', 'value', 'category', 'class', 'answer', 'rating', 'score', 'response', 'judgment', 'judgement', 'annotation', 'vote', 'choice', 'result', 'output', 'verdict'],
  text: ['text', 'output', 'transcript', 'transcription', 'hypothesis', 'caption', 'translation'],
  gold: ['gold', 'golden', 'truth', 'groundtruth', 'gt', 'correct', 'expert', 'true'],
}

/** Words by which a column is about something and is not it: when, how long, how sure, or what is right. */
const about = new Set(['time', 'timestamp', 'date', 'duration', 'seconds', 'count', 'number', 'num', 'start', 'end', 'confidence', 'weight', 'probability', 'gold', 'golden', 'truth', 'groundtruth', 'gt', 'correct', 'true', 'expert'])
const filler = new Set(['id', 'ids', 'name'])

/** `Worker_ID`, `workerId`, `!amt_worker_ids` and `ASSIGNMENT:worker_id` speak of a worker: the words of a header, without "id" and the s of a plural. */
export function wordsOfHeader(header: string): string[] {
  const words = header.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  return words.filter((word) => !filler.has(word)).map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word))
}

/** The header as one word, as `itemid` and `groundTruth` are. */
const joined = (header: string) => header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/(?<=.)(?:id|name)$/u, '')

/** The column that is called so and nothing else; null: none. */
export function plainColumn(headers: readonly string[], role: ColumnRole, taken: readonly number[] = []): number | null {
  const words = headers.map((header, at) => (taken.includes(at) ? [] : [wordsOfHeader(header).join(''), joined(header)]))
  // A column "id" alone names the task where nothing else does.
  return first(usualNames[role], (name) => words.findIndex((own, at) => own.includes(name) && headers[at]!.trim() !== ''))
}

/** The column of whose words one says so; null: none. A column about something (its time, its confidence, what is right) is none. */
export function looseColumn(headers: readonly string[], role: ColumnRole, taken: readonly number[] = []): number | null {
  const words = headers.map((header, at) => {
    const own = wordsOfHeader(header)
    return taken.includes(at) || (role !== 'gold' && own.some((word) => about.has(word))) ? [] : own
  })
  return first(usualNames[role], (name) => words.findIndex((own) => own.includes(name)))
}

function first(names: readonly string[], find: (name: string) => number): number | null {
  for (const name of names) {
    const at = find(name)
    if (at >= 0) return at
  }
  return null
}
