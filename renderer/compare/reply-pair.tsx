import { useMemo } from 'react'
import type { PairRow } from '../../server/http/admin/schemas.ts'
import { ArmFacts, measuresOf } from './arm-facts.tsx'
import type { Side } from './blind.ts'
import { diffJson, readJson } from './json-diff.ts'
import { JsonDiffTable } from './json-diff-table.tsx'
import { PairTexts } from './pair-texts.tsx'
import type { Arm, Reply, Texts } from './shapes.ts'
import { ToolCallPairs } from './tool-call-pairs.tsx'

interface ReplyPairProps {
  texts: Texts | null
  pair: PairRow
  order: readonly [a: Side, b: Side | 'self']
  isOpen: boolean
  plain: boolean
}

const sideWords = { baseline: 'baseline', candidate: 'candidate', self: 'baseline, once more' } as const

/** The two replies beside each other. */
export function ReplyPair({ texts, pair, order, isOpen, plain }: ReplyPairProps) {
  const [a, b] = [texts?.[order[0]] ?? null, texts?.[order[1]] ?? null]
  const calls = (a?.toolCalls.length ?? 0) + (b?.toolCalls.length ?? 0) > 0
  const words = a === null || b === null || textOf(a) !== '' || textOf(b) !== '' || !calls
  return (
    <>
      <div className="reply-heads">
        {(['A', 'B'] as const).map((letter, index) => {
          const side = order[index]!
          return (
            <h3 key={letter} className="reply-head">
              {letter}
              {isOpen && (
                <>
                  <span className="font-normal text-ink-2"> {sideWords[side]}</span>{' '}
                  <span className="font-normal text-ink-3">{pair[side]?.target}</span>
                </>
              )}
            </h3>
          )
        })}
      </div>
      {isOpen && <Facts arms={[pair[order[0]], pair[order[1]]]} />}
      {words && <Words a={a} b={b} plain={plain} missing={[missingOf(pair, order[0]), missingOf(pair, order[1])]} />}
      {calls && <ToolCallPairs one={a?.toolCalls ?? []} other={b?.toolCalls ?? []} plain={plain} />}
    </>
  )
}

function Facts({ arms }: { arms: readonly [Arm | null, Arm | null] }) {
  const measures = measuresOf(arms)
  return (
    <div className="reply-columns reply-facts">
      {arms.map((arm, index) => (
        <ArmFacts key={index} arm={arm} measures={measures} />
      ))}
    </div>
  )
}

interface WordsProps {
  a: Reply | null
  b: Reply | null
  plain: boolean
  /** Why a reply is not there. */
  missing: readonly [string, string]
}

/** What the replies say, by key path where both are JSON. */
function Words({ a, b, plain, missing }: WordsProps) {
  const [one, other] = [textOf(a), textOf(b)]
  const json = useMemo(() => {
    const [left, right] = [readJson(one), readJson(other)]
    return left && right ? diffJson(left.value, right.value) : null
  }, [one, other])
  if (json && !plain) return <JsonDiffTable diff={json} label="The replies as JSON, by path" />
  return (
    <PairTexts
      one={a === null ? null : one}
      other={b === null ? null : other}
      missing={missing}
      notes={[noteOf(a), noteOf(b)]}
      plain={plain}
    />
  )
}

/** A refusal is a text of its own in some dialects. */
function textOf(reply: Reply | null): string {
  if (reply === null) return ''
  return reply.refusal === '' ? reply.text : [reply.text, reply.refusal].filter((text) => text !== '').join('\n\n')
}

/** How a reply ended, where that is out of the ordinary. */
function noteOf(reply: Reply | null): string | null {
  if (reply === null) return null
  if (reply.refusal !== '') return 'refused'
  if (reply.finishReason === 'length') return 'cut off at the most tokens'
  if (reply.finishReason === 'content-filter') return 'cut off by the provider’s filter'
  return null
}

function missingOf(pair: PairRow, side: Side | 'self'): string {
  const arm = pair[side]
  if (arm === null) return 'It was not asked.'
  if (arm.outcome === 'timeout') return 'It took too long.'
  if (arm.error !== null) return `It failed: ${arm.error}.`
  return 'Its text is not kept any more.'
}
