import type { ExplainRequest } from '../../server/http/admin/schemas.ts'

/** Who asks, as far as conditions may look at it. Empty where nothing is said. */
export type CallerForm = Readonly<Record<'tenant' | 'team' | 'user' | 'session', string>>

export const nobody: CallerForm = { tenant: '', team: '', user: '', session: '' }

const fields = [
  ['tenant', 'Tenant', 'local'],
  ['team', 'Team', 'none'],
  ['user', 'User', 'of the request'],
  ['session', 'Session', 'none'],
] as const

/** What is sent of it; absent where nothing is said. */
export function callerOf(form: CallerForm): Pick<ExplainRequest, 'caller'> {
  const said = Object.entries(form).filter(([, value]) => value.trim() !== '')
  return said.length === 0 ? {} : { caller: Object.fromEntries(said.map(([name, value]) => [name, value.trim()])) }
}

/** Asking as somebody else: conditions may look at more than the request. */
export function CallerFields({ form, change }: { form: CallerForm; change: (form: CallerForm) => void }) {
  const said = Object.values(form).filter((value) => value.trim() !== '')
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer text-xs text-ink-2">
        Asked by {said.length === 0 ? 'tenant local' : said.join(', ')}
      </summary>
      <div className="mt-1.5 grid grid-cols-4 gap-2">
        {fields.map(([name, label, placeholder]) => (
          <input
            key={name}
            className="field min-w-0"
            aria-label={label}
            placeholder={`${label}: ${placeholder}`}
            autoComplete="off"
            spellCheck={false}
            value={form[name]}
            onChange={(event) => change({ ...form, [name]: event.target.value })}
          />
        ))}
      </div>
    </details>
  )
}
