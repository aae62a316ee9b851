import type { GuardLabelRow } from '../../server/http/admin/schemas.ts'
import { Mark } from '../parts/outcome.tsx'
import { labelTones, labelWords } from './words.ts'

/** What a person said, if anybody did. */
export function LabelMark({ label }: { label: GuardLabelRow['label'] | null }) {
  return label === null ? null : (
    <Mark tone={labelTones[label]} title="What a person said of it">
      {labelWords[label]}
    </Mark>
  )
}
