import { Plus } from 'lucide-react'
import { useEffect } from 'react'
import { ApiError } from '../api.ts'
import { useKeys } from '../keys.ts'
import { BenchFormView } from './bench-form.tsx'
import { MOST_TARGETS, orderOf, problemsOf } from './form.ts'
import { ReplyColumn } from './reply-column.tsx'
import { type BenchRun, bestOf } from './run.ts'
import { TargetField } from './target-field.tsx'
import { benchStore, useBench } from './use-bench.ts'
import { useSuggestions } from './use-suggestions.ts'
import { runWords } from './words.ts'

/** One prompt, up to four models side by side. */
export function Bench() {
  const { form, run } = useBench()
  const suggestions = useSuggestions()
  const { first, providers } = suggestions
  useEffect(() => {
    if (first !== null && benchStore.get().form.targets.length === 0) benchStore.change({ targets: first })
  }, [first])
  const running = run?.state === 'running'
  const start = () => {
    const order = orderOf(form, providers)
    if (order !== null && !running) void benchStore.start(order)
  }
  useKeys([
    { keys: ['mod+Enter'], name: 'Run', group: 'Bench', run: start, inFields: true },
    ...(running
      ? [{ keys: ['Escape'], name: 'Stop', group: 'Bench', run: benchStore.stop, inFields: true } as const]
      : []),
  ])
  const problems = problemsOf(form, providers)
  const best = run ? bestOf(run) : null
  return (
    <div className="bench">
      <BenchFormView
        form={form}
        problems={problems}
        running={running}
        change={benchStore.change}
        run={start}
        stop={benchStore.stop}
      />
      <div className="bench-columns" data-columns={form.targets.length}>
        {form.targets.map((target, index) => (
          <section key={index} className="bench-column" aria-label={`Reply ${index + 1}`}>
            <TargetField
              place={index + 1}
              target={target}
              problem={problems.targets[index] ?? null}
              suggestions={suggestions}
              disabled={running}
              set={(next) => benchStore.setTarget(index, next)}
              remove={form.targets.length > 1 ? () => benchStore.removeTarget(index) : null}
            />
            {run && (
              <ReplyColumn
                column={run.columns[index] ?? null}
                target={target}
                pairedWith={run.columns[0]?.target ?? null}
                isFirst={best?.first === index}
                isFastest={best?.fastest === index}
              />
            )}
          </section>
        ))}
      </div>
      <footer className="bench-foot">
        {form.targets.length < MOST_TARGETS && (
          <button
            type="button"
            className="button button-quiet -ml-2 px-2"
            disabled={running}
            onClick={benchStore.addTarget}
          >
            <Plus size={13} aria-hidden />
            Add a model
          </button>
        )}
        <p role="status">{run ? runWords(run) : 'Each further reply is kept as a pair with the first one.'}</p>
        {run?.failure && <RunFailure failure={run.failure} />}
      </footer>
    </div>
  )
}

function RunFailure({ failure }: { failure: NonNullable<BenchRun['failure']> }) {
  return (
    <p role="alert" className="text-error">
      {failure.message} {failure instanceof ApiError && failure.hint}
    </p>
  )
}
