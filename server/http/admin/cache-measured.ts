import { readFileSync } from 'node:fs'
import { builtinLexical } from '../../cache/embedders/builtin-lexical.ts'
import type { EmbedderPolicy } from '../../core/cache-policy.ts'
import type { MeasuredQuality } from './cache-quality-schemas.ts'

/** Written by `npm run eval:cache -- --write`; a test holds it against what that measures now. */
const FILE = new URL('../../../resources/cache/evaluation.json', import.meta.url)

let shipped: MeasuredQuality | null = null

/** What was measured of an embedder before it shipped; `null` for one that was not. The file is read once. */
export function measuredQuality({ kind }: EmbedderPolicy): MeasuredQuality | null {
  if (kind !== 'builtin-lexical') return null
  shipped ??= JSON.parse(readFileSync(FILE, 'utf8')) as MeasuredQuality
  return shipped.embedder === builtinLexical.id ? shipped : null
}
