import type { CacheSummary } from '../../server/http/admin/schemas.ts'
import { formatBytes, formatCount, formatPlural } from '../format.ts'
import { Fact } from '../parts/fact.tsx'
import { SectionHead } from '../parts/section-head.tsx'

/** What the cache takes of what it may take, who makes its vectors, and what is wrong with it. */
export function Storage({ summary }: { summary: CacheSummary }) {
  const { store, memory, embedder, owners } = summary
  const problems = problemsOf(summary)
  const semantic = summary.routes.some(({ mode }) => mode === 'semantic')
  return (
    <section className="border-b border-line pb-4">
      <SectionHead title="What it holds" />
      <dl className="cache-storage">
        <Fact name="Kept replies">
          {formatCount(store.entries)}
          {owners.length > 1 && <span className="text-ink-3"> in {formatPlural(owners.length, 'scope')}</span>}
        </Fact>
        <Fact name="On disk">
          <Fill {...store} />
        </Fact>
        <Fact name="In memory">
          <Fill {...memory} />
        </Fact>
        <Fact name="Embedder">
          <span className="truncate" title={embedder.name}>
            {embedder.name}
          </span>
        </Fact>
        {(semantic || summary.spaces.length > 0) && (
          <Fact name="Vectors">
            <Vectors spaces={summary.spaces} />
          </Fact>
        )}
      </dl>
      {problems.length > 0 && (
        <ul className="note note-warning mx-5 mt-3">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Fill({ bytes, limit_bytes: limit }: { bytes: number; limit_bytes: number }) {
  const share = limit === 0 ? 1 : Math.min(1, bytes / limit)
  return (
    <>
      {formatBytes(bytes)} <span className="text-ink-3">of {formatBytes(limit)}</span>
      {/* The words say the same. */}
      <span className="share-track mt-1 block w-full" aria-hidden>
        <span className="share-bar" style={{ width: `${share * 100}%` }} />
      </span>
    </>
  )
}

/** The last space is the one that is being filled; the others go when it is full. */
function Vectors({ spaces }: { spaces: CacheSummary['spaces'] }) {
  const current = spaces.at(-1)
  if (!current) return <span className="text-ink-3">none yet</span>
  const { space, vectors, lacking, dimensions } = current
  const title = `${space}, ${dimensions} dimensions`
  if (lacking === 0)
    return (
      <span title={title}>
        {formatCount(vectors)} <span className="text-ink-3">{space}</span>
      </span>
    )
  return (
    <span title={title}>
      {formatCount(vectors)} of {formatCount(vectors + lacking)}{' '}
      <span className="text-running">{spaces.length > 1 ? 'being made anew' : 'being made'}</span>
    </span>
  )
}

function problemsOf({ writer, vector_problem, store }: CacheSummary): string[] {
  return [
    ...(writer.problem === null ? [] : [`The last replies could not be stored: ${writer.problem}.`]),
    ...(writer.dropped + writer.failed > 0
      ? [
          `${formatPlural(writer.dropped + writer.failed, 'write')} to the store were lost since the start: too much came at once, or the store refused it. A lost write costs a hit, nothing else.`,
        ]
      : []),
    ...(vector_problem === null
      ? []
      : [`Large scopes are searched slowly, as sqlite-vec is not there: ${vector_problem}.`]),
    ...(store.bytes > store.limit_bytes ? ['It holds more than it may: what is worth least is being removed.'] : []),
  ]
}
