import type { ConfigState } from '../../server/http/admin/schemas.ts'
import { type Draft, drafts } from './draft-store.ts'

/** Says that the config was changed elsewhere since this text was begun, and what can be done about it. */
export function ConflictNote({ draft, config }: { draft: Draft; config: ConfigState }) {
  const edited = draft.text !== draft.base.source
  if (!edited || draft.base.revision === config.revision) return null
  return (
    <div role="alert" className="note note-warning mx-5 mt-3">
      <p>
        The config was changed elsewhere while you were at it: revision{' '}
        <code className="font-mono">{config.revision.slice(0, 8)}</code> runs now, and your text was begun from{' '}
        <code className="font-mono">{draft.base.revision.slice(0, 8)}</code>.
      </p>
      <p className="mt-2 flex gap-2">
        <button type="button" className="button" onClick={() => drafts.rebase(config)}>
          Keep my text, and compare with what runs
        </button>
        <button type="button" className="button button-quiet" onClick={() => drafts.reset(config)}>
          Take what runs
        </button>
      </p>
    </div>
  )
}
