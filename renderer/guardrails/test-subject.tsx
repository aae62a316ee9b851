import type { Guardrails, GuardTest } from '../../server/http/admin/schemas.ts'
import { guardedOf } from './rule-words.ts'

/** What is tried: a kind by itself, all rules of a route, or one of them. */
export type Subject = { kind: string } | { route: string; rule: string | null }

/** What of a request says it. */
export function subjectOf(subject: Subject): Pick<GuardTest, 'kind' | 'route' | 'rule'> {
  if ('kind' in subject) return { kind: subject.kind }
  return { route: subject.route, ...(subject.rule === null ? {} : { rule: subject.rule }) }
}

interface SubjectChoiceProps {
  config: Guardrails
  chosen: Subject
  choose: (subject: Subject) => void
}

/** Chooses it. */
export function SubjectChoice({ config, chosen, choose }: SubjectChoiceProps) {
  const guarded = guardedOf(config.routes)
  return (
    <select
      className="field max-w-72"
      aria-label="What to try"
      value={JSON.stringify(chosen)}
      onChange={(event) => choose(JSON.parse(event.target.value) as Subject)}
    >
      {guarded.map(({ route, rules }) => (
        <optgroup key={route} label={`Route ${route}`}>
          <option value={JSON.stringify({ route, rule: null })}>{route}: all its guardrails</option>
          {rules.map(({ name }) => (
            <option key={name} value={JSON.stringify({ route, rule: name })}>
              {route}: {name}
            </option>
          ))}
        </optgroup>
      ))}
      <optgroup label="A kind by itself">
        {config.kinds.map(({ kind }) => (
          <option key={kind} value={JSON.stringify({ kind })}>
            {kind}
          </option>
        ))}
      </optgroup>
    </select>
  )
}

/** The first thing that can be tried; `null` where this build has no guardrail. */
export function firstSubject(config: Guardrails, route: string | null, guardrail: string | null): Subject | null {
  const guarded = guardedOf(config.routes)
  const named = guarded.find((each) => each.route === route) ?? guarded[0]
  if (named) return { route: named.route, rule: named.rules.find(({ name }) => name === guardrail)?.name ?? null }
  const [kind] = config.kinds
  return kind ? { kind: kind.kind } : null
}
