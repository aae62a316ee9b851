import { useMutation } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import type { SaveResult } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { configQuery, modelsQuery, providersQuery, queryClient } from '../queries.ts'
import { type ProviderForm, problemsOf, toDraft } from './draft.ts'
import { DraftFields } from './draft-fields.tsx'
import { DraftOutcome, Problems } from './draft-outcome.tsx'
import { SaveButtons, type TestState } from './save-buttons.tsx'
import { Saved } from './saved.tsx'

interface DraftPanelProps {
  form: ProviderForm
  setForm: (form: ProviderForm | null) => void
  taken: readonly string[]
  show: (provider: string) => void
}

/** The form of a new provider, its test and its saving. A test holds for exactly the draft that was tested. */
export function DraftPanel({ form, setForm, taken, show }: DraftPanelProps) {
  const [saved, setSaved] = useState<SaveResult | null>(null)
  const test = useMutation({ mutationFn: api.testProvider })
  const draft = toDraft(form)
  const problems = problemsOf(form, taken)
  const wrong = Object.keys(problems).length > 0
  const isTested = JSON.stringify(test.variables) === JSON.stringify(draft)
  const tested = isTested ? test.data : undefined
  const save = useMutation({
    mutationFn: api.saveProvider,
    onSuccess: (result) => {
      if (!result.saved) return
      setSaved(result)
      if (tested?.probe) queryClient.setQueryData(modelsQuery(draft.id).queryKey, tested.probe)
      void queryClient.invalidateQueries({ queryKey: providersQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: configQuery.queryKey })
    },
  })

  if (saved !== null) {
    const model = tested?.probe?.models[0]?.id ?? null
    return (
      <Saved id={draft.id} result={saved} model={model} show={() => show(draft.id)} another={() => setForm(null)} />
    )
  }
  return (
    <form
      className="px-5 pt-3"
      aria-label="New provider"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) test.mutate(draft)
      }}
    >
      <button type="button" className="button button-quiet -ml-2 px-2" onClick={() => setForm(null)}>
        <ArrowLeft size={13} aria-hidden />
        Another vendor
      </button>
      <DraftFields form={form} problems={problems} change={(change) => setForm({ ...form, ...change })} />
      <SaveButtons
        state={stateOf(wrong, test.isPending, tested)}
        saving={save.isPending}
        save={() => save.mutate(draft)}
        key={JSON.stringify(draft)}
      />
      <div className="mt-4 grid gap-3">
        {test.error && isTested && <CallFailure what="The test" error={test.error} />}
        {tested && <DraftOutcome id={draft.id} result={tested} />}
        {save.error && <CallFailure what="Saving" error={save.error} />}
        {save.data && !save.data.saved && <Problems problems={save.data.problems} inFile={save.data.in_file} />}
      </div>
    </form>
  )
}

function stateOf(
  wrong: boolean,
  testing: boolean,
  result: { problems: unknown[]; probe: { ok: boolean } | null } | undefined,
): TestState {
  if (wrong) return 'wrong'
  if (testing) return 'testing'
  if (result === undefined) return 'untested'
  if (result.problems.length > 0) return 'wrong'
  return result.probe?.ok ? 'good' : 'failed'
}

function CallFailure({ what, error }: { what: string; error: Error }) {
  return (
    <p role="alert" className="note note-error">
      {what} did not come through: {error.message}
    </p>
  )
}
