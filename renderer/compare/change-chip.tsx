import { toneOf } from './answer-mark.tsx'
import type { ChangeKind } from './shapes.ts'
import { changeTitles, changeTones } from './words.ts'

/** How much two replies differ, in a word. */
export function ChangeChip({ kind }: { kind: ChangeKind }) {
  return (
    <span className="change-chip" style={toneOf(changeTones[kind])} title={changeTitles[kind]}>
      {kind}
    </span>
  )
}
