import { useState } from 'react'
import type { ConfigProblem } from '../../server/http/admin/schemas.ts'
import { drafts } from './draft-store.ts'
import { Field } from './field.tsx'
import { cacheModeField, type FormField, fieldGroups, settingOf, strategyField, textAt } from './form-fields.ts'
import type { ReadSource, SourceRoute } from './route-source.ts'
import { TargetFields } from './target-fields.tsx'
import { setValue } from './yaml-edit.ts'

interface RouteFormProps {
  name: string
  text: string
  source: ReadSource
  /** What could be read last, where the text cannot. */
  lastReadable: ReadSource
  problems: readonly ConfigProblem[]
  showYaml: () => void
}

/**
 * The important settings of a route as a form. It writes the same text that the YAML tab shows; while that cannot be
 * read, it shows what it read last.
 */
export function RouteForm({ name, text, source, lastReadable, problems, showYaml }: RouteFormProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const found = source.routes.get(name)
  const route = found ?? lastReadable.routes.get(name) ?? {}
  /** Says why when an edit cannot be made; nothing has changed then. */
  const edit = (change: (source: string) => string) => {
    try {
      drafts.setText(change(text))
      setFailure(null)
    } catch (error) {
      setFailure((error as Error).message)
    }
  }
  const blocked = source.problem ?? (found === undefined ? MISSING : null)
  return (
    <form className="h-full overflow-y-auto px-5 pt-3 pb-8" aria-label={`Route ${name}`} onSubmit={stop}>
      {blocked && (
        <Blocked
          message={source.problem ? `Line ${source.problem.line}: ${source.problem.message}` : blocked.message}
          showYaml={showYaml}
        />
      )}
      {failure && (
        <p role="alert" className="note note-error mb-3">
          {failure}
        </p>
      )}
      <fieldset disabled={blocked !== null} className="min-w-0">
        <Fields name={name} route={route} providers={lastReadable.providers} problems={problems} edit={edit} />
      </fieldset>
      <FurtherParts route={route} showYaml={showYaml} />
    </form>
  )
}

const MISSING = { message: 'There is no such route in the text.' }

function stop(event: { preventDefault: () => void }): void {
  event.preventDefault()
}

interface FieldsProps {
  name: string
  route: SourceRoute
  providers: readonly string[]
  problems: readonly ConfigProblem[]
  edit: (change: (source: string) => string) => void
}

function Fields({ name, route, providers, problems, edit }: FieldsProps) {
  const base = ['routes', name] as const
  const strategy = textAt(route, strategyField.path) || strategyField.fallback
  const cacheMode = textAt(route, cacheModeField.path) || cacheModeField.fallback
  const field = (each: FormField) => (
    <Field
      key={each.path.join('.')}
      field={each}
      text={textAt(route, each.path)}
      problem={problemAt(problems, `routes.${name}.${each.path.join('.')}`)}
      set={(value) => {
        const setting = settingOf(each, value)
        const path = setting === undefined ? (each.clears ?? each.path) : each.path
        edit((text) => setValue(text, [...base, ...path], setting, base.length))
      }}
    />
  )
  return (
    <>
      {field(strategyField)}
      <TargetFields
        base={[...base, 'targets']}
        targets={Array.isArray(route.targets) ? route.targets : []}
        weighted={strategy === 'weighted'}
        providers={providers}
        problems={problems}
        edit={edit}
      />
      {fieldGroups.map((group) => {
        const fields = group.fields.filter((each) => isShown(each, route, strategy, cacheMode))
        if (fields.length === 0) return null
        return (
          <section key={group.title} aria-label={group.title} className="border-t border-line py-2">
            <h3 className="label pt-1 pb-0.5">{group.title}</h3>
            <div className="form-columns">{fields.map(field)}</div>
          </section>
        )
      })}
    </>
  )
}

function isShown(field: FormField, route: SourceRoute, strategy: string, cacheMode: string): boolean {
  const { strategies, cacheModes, path } = field
  if (strategies !== undefined && !strategies.includes(strategy)) return false
  return cacheModes === undefined || cacheModes.includes(cacheMode) || textAt(route, path) !== ''
}

function problemAt(problems: readonly ConfigProblem[], path: string): string | null {
  const problem = problems.find((each) => each.path === path)
  return problem ? [problem.message, problem.suggestion].filter((part) => part !== null).join('; ') : null
}

function Blocked({ message, showYaml }: { message: string; showYaml: () => void }) {
  return (
    <div role="alert" className="note note-warning mb-3 flex items-center gap-3">
      <p className="min-w-0 flex-1">
        {message} <span className="text-ink-2">The form can be used again once the YAML is mended.</span>
      </p>
      <button type="button" className="button" onClick={showYaml}>
        Show YAML
      </button>
    </div>
  )
}

/** What the form has no fields for, and leaves as it is. */
function FurtherParts({ route, showYaml }: { route: SourceRoute; showYaml: () => void }) {
  const conditions = Array.isArray(route.when) ? route.when.length : 0
  const parts = [
    ...(conditions > 0 ? [conditions === 1 ? '1 condition' : `${conditions} conditions`] : []),
    ...(route.evaluators ? ['evaluators'] : []),
  ]
  return (
    <p className="border-t border-line pt-3 text-xs text-ink-3">
      {parts.length > 0 ? `This route also has ${parts.join(' and ')}. ` : ''}Conditions and evaluators are written{' '}
      <button type="button" className="text-ink-2 underline" onClick={showYaml}>
        as YAML
      </button>
      ; the form leaves them, and all comments, as they are.
    </p>
  )
}
