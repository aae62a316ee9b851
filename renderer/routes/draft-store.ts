/**
 * The text of the config file that is being edited: one for all routes, as they stand in one file. It lives outside
 * of the page, so that it is still there when one comes back from another.
 */
import { useSyncExternalStore } from 'react'

/** What the edit began from. */
export interface DraftBase {
  revision: string
  source: string
}

export interface Draft {
  base: DraftBase
  text: string
}

let draft: Draft | null = null
const listeners = new Set<() => void>()

function set(next: Draft | null): void {
  if (isEdited() !== (next !== null && next.text !== next.base.source)) {
    if (isEdited()) removeEventListener('beforeunload', warn)
    else addEventListener('beforeunload', warn)
  }
  draft = next
  for (const listener of listeners) listener()
}

/** The browser asks before it throws away what exists nowhere else. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function isEdited(): boolean {
  return draft !== null && draft.text !== draft.base.source
}

export const drafts = {
  /** Takes up what runs now, unless an edit has begun: that stays with its own base. */
  follow(running: DraftBase): void {
    if (draft?.base.revision === running.revision) return
    if (isEdited() && draft?.text !== running.source) return
    set({ base: { revision: running.revision, source: running.source }, text: running.source })
  },
  setText(text: string): void {
    if (draft !== null && text !== draft.text) set({ ...draft, text })
  },
  /** Keeps the text, as an edit of what runs now. */
  rebase(running: DraftBase): void {
    if (draft !== null) set({ ...draft, base: { revision: running.revision, source: running.source } })
  },
  /** Throws the text away for what runs now. */
  reset(running: DraftBase): void {
    set({ base: { revision: running.revision, source: running.source }, text: running.source })
  },
  get: () => draft,
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The edit as it stands; `null` until the config has been read. */
export function useDraft(): Draft | null {
  return useSyncExternalStore(subscribe, drafts.get)
}

/** True while there is text that does not run. */
export function useHasEdits(): boolean {
  return useSyncExternalStore(subscribe, isEdited)
}
