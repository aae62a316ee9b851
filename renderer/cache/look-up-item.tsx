import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LookUpRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { Mark } from '../parts/outcome.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { QuestionPair } from './question-pair.tsx'
import { formatSimilarity, outcomeWords } from './words.ts'

interface LookUpItemProps {
  row: LookUpRow
  verdict: 'right' | 'wrong' | null
  selected: boolean
  select: () => void
  judge: (verdict: 'right' | 'wrong') => void
}

/** The DOM id of a look-up, to scroll to. */
export const lookUpItemId = (id: number) => `look-up-${id}`

/** One look-up; the selected one shows both answers and takes a verdict. */
export function LookUpItem({ row, verdict, selected, select, judge }: LookUpItemProps) {
  const tenant = [row.tenant, row.partition, row.namespace].filter((part) => part !== null).join(' / ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: J and K do the same, and the buttons inside take the focus
    <li id={lookUpItemId(row.id)} className="look-up" aria-current={selected} onClick={select}>
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium" title={`Threshold then: ${row.threshold ?? 'nothing was served'}`}>
          {formatSimilarity(row.similarity)}
        </span>
        <span className="text-ink-2">
          {row.guard === null ? outcomeWords[row.outcome] : `kept apart: ${row.guard}`}
        </span>
        <Agreement row={row} />
        <span className="ml-auto flex items-baseline gap-3 text-ink-3">
          {row.route} · {tenant} · {formatMoment(row.at)}
          <RequestLink id={row.request_id} />
          {verdict && <Mark tone={verdict === 'right' ? 'ok' : 'error'}>{verdict}</Mark>}
        </span>
      </div>
      <QuestionPair asked={row.question} cached={row.cached_question} />
      {selected && (
        <>
          <div className="answers">
            <Answer title="Kept answer" missing="The entry is gone.">
              {row.cached_answer}
            </Answer>
            <Answer
              title="Fresh answer"
              missing={
                row.outcome === 'hit' ? 'Nobody was asked: it was served from the cache.' : 'It was not compared.'
              }
            >
              {row.fresh_answer}
            </Answer>
          </div>
          {row.guard !== null ? (
            <p className="mt-2.5 text-sm text-ink-3">
              A guard kept them apart, whatever the threshold: nothing was served that could be judged.
            </p>
          ) : (
            <div className="mt-2.5 flex gap-2">
              <button
                type="button"
                className="button"
                onClick={() => judge('right')}
                aria-pressed={verdict === 'right'}
              >
                <Check size={13} className="text-ok" aria-hidden />
                Right <kbd className="key">1</kbd>
              </button>
              <button
                type="button"
                className="button"
                onClick={() => judge('wrong')}
                aria-pressed={verdict === 'wrong'}
              >
                <X size={13} className="text-error" aria-hidden />
                Wrong <kbd className="key">0</kbd>
              </button>
            </div>
          )}
        </>
      )}
    </li>
  )
}

function Agreement({ row: { agreement } }: { row: LookUpRow }) {
  if (agreement === null) return null
  const words = { same: 'answers agree', different: 'answers differ', unsure: 'answers may differ' }
  const tones = { same: 'text-ok', different: 'text-error', unsure: 'text-fallback' }
  return <span className={tones[agreement]}>{words[agreement]}</span>
}

function Answer({ title, missing, children }: { title: string; missing: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="label">{title}</h3>
      {children === null ? <p className="text-sm text-ink-3">{missing}</p> : <p className="answer">{children}</p>}
    </div>
  )
}
