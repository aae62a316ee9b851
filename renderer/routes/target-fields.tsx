import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useId } from 'react'
import type { ConfigProblem } from '../../server/http/admin/schemas.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { modelsQuery } from '../queries.ts'
import type { SourceTarget } from './route-source.ts'
import { setValue } from './yaml-edit.ts'
import { addItem, moveItem, removeItem } from './yaml-list.ts'
import type { Path } from './yaml-text.ts'

interface TargetFieldsProps {
  /** Where the list stands in the file. */
  base: Path
  targets: readonly unknown[]
  weighted: boolean
  /** Those of the file. */
  providers: readonly string[]
  problems: readonly ConfigProblem[]
  edit: (change: (source: string) => string) => void
}

/** The built-in provider, which every file may name. */
const SANDBOX = 'sandbox'

/** The targets of a route in their order: add, remove, move, weigh. */
export function TargetFields({ base, targets, weighted, providers, problems, edit }: TargetFieldsProps) {
  const known = [...new Set([...providers, SANDBOX])]
  const first = known[0]!
  return (
    <section aria-label="Targets" className="border-t border-line py-2">
      <h3 className="label pt-1 pb-1.5">Targets{weighted ? '' : ', first choice first'}</h3>
      <ol className="grid gap-1.5">
        {targets.map((target, index) => (
          <TargetField
            key={index}
            index={index}
            target={(target ?? {}) as SourceTarget}
            weighted={weighted}
            last={index === targets.length - 1}
            only={targets.length === 1}
            providers={known}
            problem={problems.find(({ path }) => path.startsWith(`${base.join('.')}[${index}]`)) ?? null}
            set={(name, value) => edit((text) => setValue(text, [...base, index, name], value, base.length))}
            move={(to) => edit((text) => moveItem(text, base, index, to))}
            remove={() => edit((text) => removeItem(text, base, index))}
          />
        ))}
      </ol>
      <button
        type="button"
        className="button button-quiet mt-1.5 -ml-2 px-2"
        onClick={() => edit((text) => addItem(text, base, { provider: first, model: usualModel(first) }))}
      >
        <Plus size={13} aria-hidden />
        Add target
      </button>
    </section>
  )
}

/** Something to begin with, which is to be replaced. */
function usualModel(provider: string): string {
  return provider === SANDBOX ? 'echo' : 'MODEL'
}

interface TargetFieldProps {
  index: number
  target: SourceTarget
  weighted: boolean
  last: boolean
  only: boolean
  providers: readonly string[]
  problem: ConfigProblem | null
  set: (name: string, value: unknown) => void
  move: (to: number) => void
  remove: () => void
}

function TargetField({ index, target, weighted, providers, problem, set, ...list }: TargetFieldProps) {
  const id = useId()
  const provider = String(target.provider ?? '')
  const models = useQuery(modelsQuery(provider)).data?.models ?? []
  const weight = target.weight === undefined ? '' : String(target.weight)
  const name = `target ${index + 1}`
  return (
    <li>
      <div className="target-fields">
        <span className="text-right text-ink-3">{index + 1}</span>
        <Swatch provider={provider} />
        <select
          className="field"
          aria-label={`Provider of ${name}`}
          value={provider}
          onChange={(event) => set('provider', event.target.value)}
        >
          {(providers.includes(provider) ? providers : [provider, ...providers]).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <input
          className="field font-mono"
          aria-label={`Model of ${name}`}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-problem` : undefined}
          list={`${id}-models`}
          autoComplete="off"
          spellCheck={false}
          value={String(target.model ?? '')}
          onChange={(event) => set('model', event.target.value)}
        />
        <datalist id={`${id}-models`}>
          {models.map((model) => (
            <option key={model.id} value={model.id} />
          ))}
        </datalist>
        {(weighted || weight !== '') && (
          <input
            className={`field font-mono ${weighted ? '' : 'opacity-50'}`}
            aria-label={`Weight of ${name}`}
            title={
              weighted ? 'Its share of the traffic, beside the others’' : 'Counts only under the strategy weighted'
            }
            inputMode="decimal"
            placeholder="1"
            value={weight}
            onChange={({ target: { value } }) =>
              set('weight', value === '' ? undefined : /^\d+(\.\d+)?$/.test(value) ? Number(value) : value)
            }
          />
        )}
        <ListButtons index={index} name={name} {...list} />
      </div>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-0.5 ml-12 text-xs text-error">
          {problem.message}
          {problem.suggestion && `; ${problem.suggestion}`}
        </p>
      )}
    </li>
  )
}

type ListButtonsProps = Pick<TargetFieldProps, 'index' | 'last' | 'only' | 'move' | 'remove'> & { name: string }

function ListButtons({ index, name, last, only, move, remove }: ListButtonsProps) {
  const square = 'button button-quiet button-square'
  return (
    <span className="flex">
      <button
        type="button"
        className={square}
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => move(index - 1)}
      >
        <ArrowUp size={13} />
      </button>
      <button
        type="button"
        className={square}
        aria-label={`Move ${name} down`}
        disabled={last}
        onClick={() => move(index + 1)}
      >
        <ArrowDown size={13} />
      </button>
      <button type="button" className={square} aria-label={`Remove ${name}`} disabled={only} onClick={remove}>
        <X size={13} />
      </button>
    </span>
  )
}
