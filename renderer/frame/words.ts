/** What the frame says. */
export const words = {
  tryAgain: 'Try again',
  discard: 'Discard this change',
  close: 'Close',
  dismiss: 'Dismiss',
  messages: 'Messages',
  views: 'Views',
  noProject: 'No project',
  projectMenu: (name: string) => `Project: ${name}`,
  search: 'Search and commands',
  practice: 'practice',
  readOnly: 'read only',
  groups: { frame: 'Window', projects: 'Projects', views: 'Views' },
  commands: {
    palette: 'Commands', sheet: 'Keys for what is in hand', keys: 'Change keys', person: 'Change who I am', newProject: 'New project', openProject: 'Open project',
    practice: 'Open the practice project', closeProject: 'Close project', labels: 'Edit labels', models: 'Models', import: 'Import', light: 'Light theme', dark: 'Dark theme', system: 'Theme of the system', go: (name: string) => `Go to ${name}`,
  },
  status: { saved: 'Saved', saving: 'Saving', notSaved: (why: string) => `Not saved: ${why}` },
  jobs: {
    title: 'Jobs', none: 'Nothing is running.', cancel: 'Cancel', resume: 'Resume', pause: 'Pause', report: 'Show report', hide: 'Hide',
    count: (done: number, total: number | null) => (total === null ? done.toLocaleString() : `${done.toLocaleString()} / ${total.toLocaleString()}`),
    done: (name: string, n: number) => `${name}: done, ${n.toLocaleString()} ${n === 1 ? 'item' : 'items'}.`,
    failed: (name: string, why: string) => `${name} stopped: ${why}`,
    state: { running: 'running', paused: 'paused', cancelled: 'cancelled', failed: 'stopped', done: 'done' },
  },
  person: {
    title: 'Who are you?', assumed: (name: string) => `You work here as ${name}.`, menuChange: 'Choose a name', explain: 'Your name stands on everything you draw and write here, and your work is a layer of its own. No account, no password: it stays on this machine and in the projects you share.',
    name: 'Name', start: 'Start', change: 'Change name', bad: 'Write a name of 1 to 100 characters without slashes.', nobody: 'Nobody yet', menu: (name: string) => `You: ${name}`, theme: 'Theme',
    changeExplain: 'What you made so far stays under the name it was made with.',
  },
  palette: { title: 'Commands', placeholder: 'Type a command or part of an item’s name', nothing: 'Nothing fits.', items: 'Items' },
  sheet: { title: 'Keys', explain: 'What the keyboard does here, now.', change: 'Change keys' },
  keys: {
    title: 'Change keys', explain: 'Choose a command’s key, then press the new one. Backspace takes the key away.', press: 'Press a key', reset: 'Reset', none: 'none', find: 'Find a command',
    conflict: (key: string, others: string) => `${key} also does: ${others}. The command that is nearer to what you do wins.`,
  },
  failure: { title: 'Quorum’s host does not answer', hint: 'Close this window and start Quorum again. Your work is saved up to the last gesture marked “Saved”.' },
}
