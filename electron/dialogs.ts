import { BrowserWindow, dialog, type OpenDialogOptions, type WebContents } from 'electron'
import { api, type Output, type ParsedInput } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'

type Pick = ParsedInput<'files.pick'>

const properties: Record<Pick['what'], OpenDialogOptions['properties']> = {
  'folder': ['openDirectory'],
  'files': ['openFile', 'multiSelections'],
  'new-folder': ['openDirectory', 'createDirectory', 'promptToCreate'],
}

/** The system's own dialog, over the window that asked. No paths: the person cancelled. */
export async function pickFiles(input: unknown, sender: WebContents): Promise<Output<'files.pick'>> {
  const parsed = api['files.pick'].input.safeParse(input)
  if (!parsed.success) throw new QuorumError('invalid-input', 'The dialog was asked for in a way that Quorum does not know.', parsed.error.message)
  const { what, title } = parsed.data
  const options: OpenDialogOptions = { title, message: title, properties: properties[what] ?? [] }
  const window = BrowserWindow.fromWebContents(sender)
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return { paths: filePaths }
}
