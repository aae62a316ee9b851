import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Guardrails, GuardTest } from '../../server/http/admin/schemas.ts'
import { ApiError, api } from '../api.ts'
import { Failure } from '../parts/failure.tsx'
import { guardrailsQuery } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import { KindOptions } from './kind-options.tsx'
import { readOptions } from './options-text.ts'
import { useGuardAddress } from './page-address.ts'
import { TestOutcome } from './test-outcome.tsx'
import { firstSubject, type Subject, SubjectChoice, subjectOf } from './test-subject.tsx'
import { type Origin, originWords } from './words.ts'

/** Characters that the gateway takes. */
const LONGEST_TEXT = 256 * 1024

/** Tries a text on guardrails, and adds it to the labelled set. */
export function TestBench() {
  const config = useQuery(guardrailsQuery)
  const { route, guardrail } = useGuardAddress()
  const isViewer = useIsViewer()
  if (isViewer)
    return (
      <p className="px-5 py-6 text-sm text-ink-3">
        Texts are tried by those who may change something. You are signed in as a viewer.
      </p>
    )
  if (config.error && !config.data)
    return <Failure what="The guardrails" error={config.error} retry={() => void config.refetch()} />
  if (!config.data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const first = firstSubject(config.data, route, guardrail)
  if (first === null) return <p className="px-5 py-6 text-sm text-ink-3">This build has no guardrails.</p>
  return <Bench config={config.data} first={first} />
}

function Bench({ config, first }: { config: Guardrails; first: Subject }) {
  const id = useId()
  const [subject, setSubject] = useState(first)
  const [text, setText] = useState('')
  const [origin, setOrigin] = useState<Origin>('third-party')
  const [optionsText, setOptionsText] = useState('')
  const options = readOptions('kind' in subject ? optionsText : '')
  const run = useMutation({
    mutationFn: async (asked: GuardTest) => ({ asked, result: await api.testGuardrails(asked) }),
  })
  const ready = text.trim() !== '' && text.length <= LONGEST_TEXT && options.problem === null && !run.isPending
  const ask = () => {
    if (!ready) return
    const more = Object.keys(options.value).length === 0 ? {} : { options: options.value }
    run.mutate({ text, origin, ...subjectOf(subject), ...more })
  }
  return (
    <div className="pb-8">
      <form
        className="border-b border-line px-5 pt-3 pb-4"
        aria-label="Text to try"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <label htmlFor={`${id}-text`} className="label mb-1 block">
          A text, as it would stand in a request or a reply
        </label>
        <textarea
          id={`${id}-text`}
          className="field h-40 w-full resize-y py-2 leading-normal"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
            event.preventDefault()
            ask()
          }}
        />
        {'kind' in subject && (
          <KindOptions
            config={config}
            kind={subject.kind}
            text={optionsText}
            problem={options.problem}
            setText={setOptionsText}
          />
        )}
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <SubjectChoice config={config} chosen={subject} choose={setSubject} />
          <select
            className="field"
            aria-label="Who wrote it"
            value={origin}
            onChange={(event) => setOrigin(event.target.value as Origin)}
          >
            {Object.entries(originWords).map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </select>
          <button type="submit" className="button button-strong" disabled={!ready}>
            {run.isPending ? 'Looking…' : 'Try it'}
          </button>
          <p className="min-w-0 flex-1 text-xs text-ink-3">
            {text.length > LONGEST_TEXT ? (
              <span role="alert" className="text-error">
                At most 256 thousand characters are tried at a time.
              </span>
            ) : (
              'Nothing of it is kept. Guardrails that ask somebody do ask.'
            )}
          </p>
        </div>
      </form>
      {run.error && (
        <p role="alert" className="note note-error mx-5 mt-4">
          {run.error.message} {run.error instanceof ApiError && run.error.hint}
        </p>
      )}
      {run.data && <TestOutcome {...run.data} />}
    </div>
  )
}
