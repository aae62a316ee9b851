import { type ReactNode, useId } from 'react'
import type { BenchForm, FormProblems } from './form.ts'

interface BenchFormProps {
  form: BenchForm
  problems: FormProblems
  running: boolean
  change: (changes: Partial<BenchForm>) => void
  run: () => void
  stop: () => void
}

/** What is asked, and how. */
export function BenchFormView({ form, problems, running, change, run, stop }: BenchFormProps) {
  const id = useId()
  const [problem = problems.missing] = [...problems.targets, problems.maxTokens, problems.temperature].filter(
    (each) => each !== null,
  )
  return (
    <form
      aria-label="What is asked"
      className="bench-form"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <div className="bench-texts">
        <div className="flex min-w-0 flex-col">
          <label htmlFor={`${id}-prompt`} className="label mb-1">
            Prompt
          </label>
          <textarea
            id={`${id}-prompt`}
            className="field h-22 w-full resize-y py-2 leading-normal"
            placeholder="What all of them are asked"
            value={form.prompt}
            onChange={({ target }) => change({ prompt: target.value })}
          />
        </div>
        <div className="flex min-w-0 flex-col">
          <label htmlFor={`${id}-system`} className="label mb-1">
            System prompt, where there is to be one
          </label>
          <textarea
            id={`${id}-system`}
            className="field h-22 w-full resize-y py-2 leading-normal"
            value={form.system}
            onChange={({ target }) => change({ system: target.value })}
          />
        </div>
      </div>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
        <NumberField
          label="Max tokens"
          placeholder="no limit"
          value={form.maxTokens}
          problem={problems.maxTokens}
          set={(maxTokens) => change({ maxTokens })}
        />
        <NumberField
          label="Temperature"
          placeholder="its own"
          value={form.temperature}
          problem={problems.temperature}
          set={(temperature) => change({ temperature })}
        />
        <fieldset className="flex items-center gap-4" aria-label="Order">
          <Choice chosen={form.inTurn} choose={() => change({ inTurn: true })}>
            One after the other
          </Choice>
          <Choice chosen={!form.inTurn} choose={() => change({ inTurn: false })}>
            All at once
          </Choice>
        </fieldset>
        <p className="min-w-56 flex-1 text-xs text-ink-3">
          {problem ? (
            <span className={problem === problems.missing ? '' : 'text-error'}>{problem}</span>
          ) : form.inTurn ? (
            'None slows another down.'
          ) : (
            'Models on one machine slow each other down.'
          )}
        </p>
        {running ? (
          <button type="button" className="button" onClick={stop}>
            Stop <kbd className="key">Esc</kbd>
          </button>
        ) : (
          <button type="submit" className="button button-strong" disabled={problem !== null}>
            Run <kbd className="bench-key">{isApple ? '⌘' : 'Ctrl'} ↵</kbd>
          </button>
        )}
      </div>
    </form>
  )
}

const isApple = navigator.platform.startsWith('Mac')

interface NumberFieldProps {
  label: string
  placeholder: string
  value: string
  problem: string | null
  set: (value: string) => void
}

function NumberField({ label, placeholder, value, problem, set }: NumberFieldProps) {
  return (
    <label className="flex items-center gap-2 text-ink-2">
      {label}
      <input
        className="field w-20"
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        aria-invalid={problem !== null}
        title={problem ?? undefined}
        value={value}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  )
}

function Choice({ chosen, choose, children }: { chosen: boolean; choose: () => void; children: ReactNode }) {
  return (
    <label className="flex items-center gap-1.5">
      <input type="radio" name="bench-order" checked={chosen} onChange={choose} />
      {children}
    </label>
  )
}
