import { useMemo } from 'react'
import { JsonDiffTable } from './json-diff-table.tsx'
import type { ToolCall } from './shapes.ts'
import { areSameCalls, argumentsOf, type CallPair, diffCalls } from './tool-diff.ts'

interface ToolCallPairsProps {
  one: readonly ToolCall[]
  other: readonly ToolCall[]
  plain: boolean
}

/** The tools that the replies call, call by call. */
export function ToolCallPairs({ one, other, plain }: ToolCallPairsProps) {
  const pairs = useMemo(() => diffCalls(one, other), [one, other])
  return (
    <section aria-label="Tool calls">
      <h3 className="tool-heads label">Tool calls</h3>
      {!plain && areSameCalls(pairs) && <p className="reply-note">The same calls with the same arguments.</p>}
      <ol className="tool-pairs">
        {pairs.map((pair, index) => (
          <li key={index}>
            <CallHead pair={pair} />
            {!plain && pair.diff !== null && pair.diff.changes.length > 0 ? (
              <JsonDiffTable diff={pair.diff} label={`Arguments of ${pair.name}, by path`} />
            ) : (
              <div className="reply-columns">
                <Call call={pair.one} plain={plain} />
                <Call call={pair.other} plain={plain} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function kindOf({ one, diff }: CallPair): 'same' | 'changed' | 'only-a' | 'only-b' {
  if (diff === null) return one === null ? 'only-b' : 'only-a'
  return diff.changes.length === 0 ? 'same' : 'changed'
}

const kindWords = {
  same: 'the same in both',
  changed: 'other arguments',
  'only-a': 'called by A alone',
  'only-b': 'called by B alone',
} as const

function CallHead({ pair }: { pair: CallPair }) {
  const kind = kindOf(pair)
  return (
    <p className="tool-head">
      <span className="font-mono font-medium">{pair.name}</span>{' '}
      <span className={kind === 'same' ? 'text-ink-3' : 'text-fallback'}>{kindWords[kind]}</span>
    </p>
  )
}

/** The arguments of one call, in full: as they were written, or with a line for each. */
function Call({ call, plain }: { call: ToolCall | null; plain: boolean }) {
  if (call === null) return <p className="reply-column text-ink-3">not called</p>
  const value = argumentsOf(call)
  const text = plain || typeof value === 'string' ? call.arguments : JSON.stringify(value, null, 2)
  return (
    <p className="reply-column">
      <span className="pair-text block font-mono text-xs">{text === '' ? '{}' : text}</span>
    </p>
  )
}
