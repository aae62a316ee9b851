import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { VerdictRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { Mark } from '../parts/outcome.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { LabelMark } from './label-mark.tsx'
import { Quoted } from './quoted.tsx'
import { formatScore, verdictTones, verdictWords } from './words.ts'

/** What can be said: that there was something to be found, or that there was not. */
export type Said = NonNullable<VerdictRow['label']>

/** Of what was found, and of what passed. */
export const saidOf = ({ verdict }: VerdictRow): readonly [harmful: Said, harmless: Said] =>
  verdict === 'pass' ? ['missed', 'benign'] : ['right', 'false-positive']

interface VerdictItemProps {
  row: VerdictRow
  label: VerdictRow['label']
  selected: boolean
  select: () => void
  /** `null`: whoever looks may only read. */
  judge: ((label: Said) => void) | null
}

const sayings: Record<Said, string> = {
  right: 'Right',
  'false-positive': 'False positive',
  missed: 'Missed',
  benign: 'Rightly passed',
}

/** The DOM id of a verdict, to scroll to. */
export const verdictItemId = (id: number) => `verdict-${id}`

/** One verdict with what it is about; the selected one takes a label. */
export function VerdictItem({ row, label, selected, select, judge }: VerdictItemProps) {
  const [harmful, harmless] = saidOf(row)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: J and K do the same, and the buttons inside take the focus
    <li id={verdictItemId(row.id)} className="look-up" aria-current={selected} onClick={select}>
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <VerdictWords row={row} />
        <LabelMark label={label} />
        <span className="ml-auto flex items-baseline gap-3 text-ink-3">
          {[row.route, row.tenant, formatMoment(row.ts)].filter((part) => part !== null).join(' · ')}
          <RequestLink id={row.request_id} />
        </span>
      </div>
      <VerdictBody row={row} />
      {selected && judge !== null && row.verdict !== 'error' && (
        <div className="mt-2 flex gap-2">
          <Judge chosen={label === harmful} say={() => judge(harmful)} keys="Y">
            <Check size={13} aria-hidden /> {sayings[harmful]}
          </Judge>
          <Judge chosen={label === harmless} say={() => judge(harmless)} keys="N">
            <X size={13} aria-hidden /> {sayings[harmless]}
          </Judge>
        </div>
      )}
    </li>
  )
}

/** Which guardrail said what, and how far from its threshold. */
export function VerdictWords({ row }: { row: VerdictRow }) {
  return (
    <>
      <span className="font-medium">{row.guardrail}</span>
      <span style={{ color: `var(--${verdictTones[row.verdict]})` }}>{verdictWords(row)}</span>
      {row.mode === 'monitor' && (
        <Mark tone="ink-3" title="The rule only monitors: nothing was done">
          monitor
        </Mark>
      )}
      {row.verdict !== 'error' && (
        <span className="text-ink-2" title="score and threshold">
          {formatScore(row.score)} <span className="text-ink-3">of {formatScore(row.threshold)}</span>
        </span>
      )}
      {row.category !== null && <span className="text-ink-2">{row.category}</span>}
    </>
  )
}

/** What a verdict is about, and why. */
export function VerdictBody({ row }: { row: VerdictRow }) {
  const facts = [row.place, row.matches > 1 ? `${row.matches} matches` : null, row.reason]
  return (
    <>
      {row.verdict !== 'pass' && row.verdict !== 'error' && <Quoted excerpt={row.excerpt} highlight={row.highlight} />}
      <p className="text-xs text-ink-3 empty:hidden">{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </>
  )
}

function Judge(props: { chosen: boolean; say: () => void; keys: string; children: ReactNode }) {
  return (
    <button
      type="button"
      className={`button ${props.chosen ? 'button-strong' : ''}`}
      aria-pressed={props.chosen}
      onClick={(event) => {
        event.stopPropagation()
        props.say()
      }}
    >
      {props.children} <kbd className="font-sans text-xs opacity-60">{props.keys}</kbd>
    </button>
  )
}
