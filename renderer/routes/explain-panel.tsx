import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ApiError, api } from '../api.ts'
import { readJsonObject } from '../json-object.ts'
import { CallerFields, callerOf, nobody } from './caller-fields.tsx'
import { ExplanationView } from './explanation-view.tsx'

interface ExplainPanelProps {
  route: string
  /** There is text that does not run. */
  edited: boolean
  revision: string
}

const SURFACES = [
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/messages',
  '/v1/completions',
  '/v1/embeddings',
  '/api/chat',
] as const

/** Says what would happen to a request, without calling anyone. */
export function ExplainPanel({ route, edited, revision }: ExplainPanelProps) {
  const id = useId()
  const [text, setText] = useState(() => sample(route))
  const [surface, setSurface] = useState<string>(SURFACES[0])
  const request = readJsonObject(text, 'A request is one JSON object.')
  const [caller, setCaller] = useState(nobody)
  const explain = useMutation({
    mutationFn: () => api.explain(route, { request: request.value, surface, ...callerOf(caller) }),
  })
  const run = () => {
    if (request.problem === null) explain.mutate()
  }
  return (
    <div className="pb-8">
      <form
        className="border-b border-line px-5 pt-3 pb-4"
        aria-label="Request to explain"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <label htmlFor={`${id}-request`} className="label mb-1 block">
          A request, as an app would send it
        </label>
        <textarea
          id={`${id}-request`}
          className="field h-46 w-full resize-y py-2 font-mono text-xs leading-normal"
          spellCheck={false}
          aria-invalid={request.problem !== null}
          aria-describedby={`${id}-problem`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
            event.preventDefault()
            run()
          }}
        />
        <CallerFields form={caller} change={setCaller} />
        <div className="mt-2 flex items-center gap-3">
          <select
            className="field"
            aria-label="Endpoint"
            value={surface}
            onChange={(event) => setSurface(event.target.value)}
          >
            {SURFACES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
          <button
            type="submit"
            className="button button-strong"
            disabled={request.problem !== null || explain.isPending}
          >
            {explain.isPending ? 'Asking…' : 'Explain'}
          </button>
          <p id={`${id}-problem`} className="min-w-0 truncate text-xs text-ink-3">
            {request.problem !== null ? (
              <span role="alert" className="text-error">
                {request.problem}
              </span>
            ) : (
              `Calls nobody. By revision ${revision.slice(0, 8)}${edited ? ', without your changes' : ''}.`
            )}
          </p>
        </div>
      </form>
      {explain.error && (
        <p role="alert" className="note note-error mx-5 mt-4">
          {explain.error.message} {explain.error instanceof ApiError && explain.error.hint}
        </p>
      )}
      {explain.data && <ExplanationView explanation={explain.data} />}
    </div>
  )
}

function sample(route: string): string {
  return JSON.stringify({ model: route, messages: [{ role: 'user', content: 'Hello' }] }, null, 2)
}
