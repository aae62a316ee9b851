import { type ReactNode, useId } from 'react'
import type { FormField } from './form-fields.ts'

interface FieldProps {
  field: FormField
  /** Empty where the file says nothing. */
  text: string
  problem: string | null
  set: (text: string) => void
}

/** One setting of a route with its name, what is wrong with it, and what it does. */
export function Field({ field, text, problem, set }: FieldProps) {
  const id = useId()
  const control = { id, 'aria-invalid': problem !== null, 'aria-describedby': `${id}-help` } as const
  return (
    <div className="form-row">
      <label htmlFor={id}>{field.label}</label>
      <div>
        <Control field={field} text={text} set={set} control={control} />
        <p id={`${id}-help`} className="mt-1 text-xs text-ink-3">
          {problem !== null && (
            <span role="alert" className="mb-0.5 block text-error">
              {problem}
            </span>
          )}
          {field.help}
        </p>
      </div>
    </div>
  )
}

interface ControlProps extends Omit<FieldProps, 'problem'> {
  control: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }
}

function Control({ field, text, set, control }: ControlProps): ReactNode {
  const { kind, fallback, choices = [] } = field
  if (kind === 'flag')
    return (
      <input
        {...control}
        type="checkbox"
        className="mt-1.5"
        checked={(text || fallback) === 'true'}
        onChange={(event) => set(String(event.target.checked))}
      />
    )
  if (kind === 'choice')
    return (
      <select {...control} className="field" value={text || fallback} onChange={(event) => set(event.target.value)}>
        {(text === '' || choices.includes(text) ? choices : [text, ...choices]).map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    )
  return (
    <input
      {...control}
      className="field font-mono"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      placeholder={fallback}
      value={text}
      onChange={(event) => set(event.target.value)}
    />
  )
}
