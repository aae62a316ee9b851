import { useId } from 'react'
import type { Guardrails } from '../../server/http/admin/schemas.ts'

interface KindOptionsProps {
  config: Guardrails
  kind: string
  text: string
  problem: string | null
  setText: (text: string) => void
}

/** Options of a kind that is tried by itself, as they are typed. */
export function KindOptions({ config, kind, text, problem, setText }: KindOptionsProps) {
  const id = useId()
  const options = config.kinds.find((each) => each.kind === kind)?.options ?? []
  if (options.length === 0) return null
  return (
    <details className="mt-2 text-sm" open={problem !== null || undefined}>
      <summary className="w-fit cursor-pointer text-xs text-ink-2">Options of {kind}</summary>
      <dl className="my-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {options.map(({ name, description }) => (
          <div key={name} className="contents">
            <dt className="font-mono">{name}</dt>
            <dd className="text-ink-2">{description}</dd>
          </div>
        ))}
      </dl>
      <label htmlFor={id} className="label mb-1 block">
        As JSON
      </label>
      <input
        id={id}
        className="field w-full font-mono"
        placeholder="{}"
        spellCheck={false}
        aria-invalid={problem !== null}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== null && (
        <p role="alert" className="mt-1 text-xs text-error">
          {problem}
        </p>
      )}
    </details>
  )
}
