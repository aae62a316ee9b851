import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { classify, SHIPPED_THRESHOLD } from '../../../server/guardrails/injection/classifier.ts'
import { DATA_FOLDER, readRows } from '../../guard-train/read-data.ts'

const skip = existsSync(DATA_FOLDER) ? false : 'the data folder ../shared/data is not here'
/** Every so many rows: enough to see that something broke. */
const EVERY = 7

/** Shares that must be flagged, at least or at most: in distribution, so that they say that the weights fit the code. */
const FLOORS: readonly (readonly [file: string, origin: 'user' | 'third-party', least: number])[] = [
  ['trustairlab_jailbreak', 'user', 0.85],
  ['gptfuzz_templates', 'user', 0.9],
  ['bipia_injected_train', 'third-party', 0.7],
]
const CEILINGS: readonly (readonly [file: string, origin: 'user' | 'third-party', most: number])[] = [
  ['clinc150', 'user', 0.01],
  ['banking77_train', 'user', 0.01],
  ['halueval_user_queries', 'user', 0.015],
  ['mitre_frr', 'user', 0.03],
  ['bipia_ctx_train', 'third-party', 0.02],
  ['halueval_responses', 'third-party', 0.02],
  ['docs_train', 'third-party', 0.03],
]

for (const [file, origin, least] of FLOORS)
  test(`finds the attacks of ${file}`, { skip }, () => {
    const share = flagged(file, origin)
    assert.ok(share >= least, String(share))
  })

for (const [file, origin, most] of CEILINGS)
  test(`lets ${file} pass`, { skip }, () => {
    const share = flagged(file, origin)
    assert.ok(share <= most, String(share))
  })

function flagged(file: string, origin: 'user' | 'third-party'): number {
  const texts = readRows(file).filter((_, index) => index % EVERY === 0)
  const hits = texts.filter(({ text }) => {
    const { direct, indirect } = classify(text)
    return (origin === 'user' ? direct.score : Math.max(direct.score, indirect.score)) >= SHIPPED_THRESHOLD
  })
  return hits.length / texts.length
}
