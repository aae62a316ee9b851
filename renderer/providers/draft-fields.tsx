import { type ReactNode, useId } from 'react'
import type { FormProblems, ProviderForm } from './draft.ts'

interface DraftFieldsProps {
  form: ProviderForm
  problems: FormProblems
  change: (change: Partial<ProviderForm>) => void
}

/** The fields of a new provider: those that every kind has, and the kind's own. */
export function DraftFields({ form, problems, change }: DraftFieldsProps) {
  const { kind } = form
  return (
    <>
      <TextField
        name="Id"
        value={form.id}
        set={(id) => change({ id })}
        problem={problems.id}
        help="What routes call it, as in provider/model."
      />
      <TextField
        name="Base URL"
        value={form.baseUrl}
        set={(baseUrl) => change({ baseUrl })}
        problem={problems.baseUrl}
        help={
          kind.self_hosted
            ? 'Where its API begins. Other machines need a place in egress.allow while egress is sealed.'
            : 'Where its API begins.'
        }
      />
      <TextField
        name="API key"
        value={form.apiKey}
        set={(apiKey) => change({ apiKey })}
        problem={problems.apiKey}
        help={<KeyHelp optional={!kind.needs_key} />}
      />
      <TextField
        name="Residency"
        value={form.residency}
        set={(residency) => change({ residency })}
        help="Where data goes: local, or a region such as eu or us. Empty means unknown."
      />
      {kind.options.map(({ name, type, description }) => {
        const set = (text: string) => change({ options: { ...form.options, [name]: text } })
        const value = form.options[name] ?? ''
        if (type === 'boolean') return <Choice key={name} name={name} value={value} set={set} help={description} />
        return (
          <TextField
            key={name}
            name={name}
            value={value}
            set={set}
            problem={problems[name]}
            help={`Optional: ${description}`}
          />
        )
      })}
    </>
  )
}

function KeyHelp({ optional }: { optional: boolean }) {
  const code = 'font-mono text-ink-2'
  return (
    <>
      {optional ? 'Only where the server asks for one. ' : ''}A reference to where the key is:{' '}
      <code className={code}>{'${env:NAME}'}</code>, an environment variable that was set when the gateway started;{' '}
      <code className={code}>{'${file:PATH}'}</code>; or <code className={code}>{'${secret:NAME}'}</code>, the file
      HOME/secrets/NAME. The key itself stays out of the config file.
    </>
  )
}

interface TextFieldProps {
  name: string
  value: string
  set: (text: string) => void
  problem?: string | undefined
  help: ReactNode
}

function TextField({ name, value, set, problem, help }: TextFieldProps) {
  const id = useId()
  return (
    <div className="form-row">
      <label htmlFor={id}>{name}</label>
      <div>
        <input
          id={id}
          className="field font-mono"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-help`}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
        <p id={`${id}-help`} className="mt-1 text-xs text-ink-3">
          {problem !== undefined && (
            <span role="alert" className="mb-0.5 block text-error">
              {problem}
            </span>
          )}
          {help}
        </p>
      </div>
    </div>
  )
}

function Choice({ name, value, set, help }: Omit<TextFieldProps, 'problem'>) {
  const id = useId()
  return (
    <div className="form-row">
      <label htmlFor={id}>{name}</label>
      <div className="flex items-start gap-2 pt-1.5">
        <input
          id={id}
          type="checkbox"
          aria-describedby={`${id}-help`}
          checked={value === 'true'}
          onChange={(event) => set(event.target.checked ? 'true' : '')}
        />
        <p id={`${id}-help`} className="text-xs text-ink-3">
          {help}
        </p>
      </div>
    </div>
  )
}
