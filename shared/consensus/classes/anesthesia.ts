import type { Vote } from '#shared/consensus/classes/votes.ts'

/** A line a patient: the first anaesthetist's three answers, then one of each of the other four. */
const table = `
111 1111|333 4334|112 2122|222 3121|222 3222|222 3322|122 2111|333 3433|222 2223|232 2223|444 4444|222 3343|111 1111|222 3212|121 1111
111 2111|111 1111|111 1111|222 2221|222 1322|222 2222|222 2221|222 3222|221 2222|111 1111|111 1111|232 2222|111 1111|111 1111|112 1121
111 1111|333 3233|111 1111|222 2222|222 3232|433 4343|221 2232|232 3233|333 3432|111 1111|111 1111|121 2111|232 2222|121 1111|222 2222`

/** Table 1 of Dawid & Skene (1979): 45 patients' fitness for a general anaesthetic, four classes, 315 votes. */
export const anesthesia: readonly Vote[] = table.trim().split(/[|\n]/u).flatMap((line, patient) =>
  Array.from(line.replace(' ', ''), (label, at) => ({ task: String(patient + 1), worker: `observer ${at < 3 ? 1 : at - 1}`, label })))
