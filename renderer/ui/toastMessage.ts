/** What a sign, a message or a bar means. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'attention' | 'problem'

export interface ToastMessage {
  readonly id: string
  readonly tone: Tone
  readonly text: string
  readonly action?: { readonly name: string; readonly run: () => void }
  /** Stays until it is dismissed; errors and findings do. */
  readonly stays: boolean
}
