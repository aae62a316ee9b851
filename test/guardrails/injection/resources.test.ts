import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { Random } from '../../cache-eval/random.ts'
import type { Evaluation } from '../../guard-train/evaluation.ts'
import { madeItems } from '../../guard-train/made-items.ts'
import { tablesOf } from '../../guard-train/model-card.ts'
import { quantise } from '../../guard-train/quantise.ts'
import { train } from '../../guard-train/train.ts'
import { blockOf } from '../../support/marked-block.ts'

const RESOURCES = new URL('../../../resources/injection/', import.meta.url)
const MOST_BYTES = 300_000

test('the weights are small', () => {
  assert.ok(statSync(new URL('weights.bin', RESOURCES)).size <= MOST_BYTES)
})

test('the model card says what was measured', () => {
  const evaluation = JSON.parse(readFileSync(new URL('evaluation.json', RESOURCES), 'utf8')) as Evaluation
  const card = readFileSync(new URL('MODEL_CARD.md', RESOURCES), 'utf8')
  assert.equal(blockOf(card, 'measured'), tablesOf(evaluation))
})

test('the same texts make the same weights', () => {
  const folds = [['made_overrides', 'made_documents', 'made_agent_plain', 'made_roles']]
  const once = () => quantise(train(madeItems(new Random(1), 0.01), folds))
  const [one, other] = [once(), once()]
  assert.ok(one.weights.equals(other.weights))
  assert.deepEqual(one.calibration, other.calibration)
  assert.ok(one.weights.some((byte) => byte !== 0))
})
