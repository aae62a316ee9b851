import { useState } from 'react'

/** How the draft stands: `wrong` cannot be saved at all, `untested` and `failed` only on purpose. */
export type TestState = 'wrong' | 'untested' | 'testing' | 'good' | 'failed'

interface SaveButtonsProps {
  state: TestState
  saving: boolean
  save: () => void
}

/** Test, and then save. Saving what was not tested, or failed, takes a second word. */
export function SaveButtons({ state, saving, save }: SaveButtonsProps) {
  const [asked, setAsked] = useState(false)
  const mayInsist = state === 'untested' || state === 'failed'
  return (
    <div className="mt-2 border-t border-line pt-3">
      <div className="flex items-center gap-2">
        <button
          type="submit"
          className={`button ${state === 'good' ? '' : 'button-strong'}`}
          disabled={state === 'wrong' || state === 'testing' || saving}
        >
          {state === 'testing' ? 'Testing…' : 'Test'}
        </button>
        <button
          type="button"
          className={`button ${state === 'good' ? 'button-strong' : ''}`}
          disabled={state !== 'good' || saving}
          onClick={save}
        >
          {saving ? 'Saving…' : 'Save'}
        </button>
        {mayInsist && !asked && (
          <button type="button" className="button button-quiet ml-auto" onClick={() => setAsked(true)}>
            {state === 'failed' ? 'Save in spite of the test' : 'Save without a test'}
          </button>
        )}
        {state === 'good' && <span className="text-xs text-ink-3">Saving writes it to the config file.</span>}
      </div>
      {mayInsist && asked && (
        <div role="alertdialog" aria-label="Save anyway?" className="note note-warning mt-3 flex items-center gap-3">
          <p className="min-w-0 flex-1">
            {state === 'failed' ? 'The test failed.' : 'It has not been tested as it stands.'} A route that names it
            would fail until it works.
          </p>
          <button type="button" className="button" disabled={saving} onClick={save}>
            Save anyway
          </button>
          <button type="button" className="button button-quiet" onClick={() => setAsked(false)}>
            Cancel
          </button>
        </div>
      )}
    </div>
  )
}
