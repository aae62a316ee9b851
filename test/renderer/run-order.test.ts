import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datasetOrderOf, estimateText, runOrderOf } from '../../renderer/compare/run-order.ts'

test('a run is asked for once the candidate is one', () => {
  const form = { dataset: 'golden@1', candidate: '', split: '', idle: false } as const
  for (const candidate of ['', 'ollama', 'ollama/', '/gemma3', 'a b/c'])
    assert.equal(runOrderOf({ ...form, candidate }), null)
  assert.deepEqual(runOrderOf({ ...form, candidate: ' ollama/qwen3:14b ' }), {
    dataset: 'golden@1',
    candidate: { target: 'ollama/qwen3:14b' },
  })
  assert.deepEqual(runOrderOf({ ...form, candidate: 'a/b/c', split: 'test', idle: true }), {
    dataset: 'golden@1',
    candidate: { target: 'a/b/c' },
    split: 'test',
    when: 'idle',
  })
})

test('what a run takes is told in words, also where it is not known', () => {
  const told = { items: 1, calls: 2, input_tokens: 1, output_tokens: 1, cost_why: null, warnings: [] }
  assert.equal(
    estimateText({ ...told, cost_usd: null, duration_s: null }),
    '1 request, 2 calls at most, cost not known, time not known',
  )
  assert.match(estimateText({ ...told, cost_usd: 1.5, duration_s: 130 }), /about \$1\.50?, about 2 minutes$/)
})

test('a dataset is asked for once its fields make sense', () => {
  const form = { name: 'golden', route: 'kept', days: '7', sample: '5', where: '' }
  assert.deepEqual(datasetOrderOf(form), { name: 'golden', traces: { route: 'kept', days: 7, sample: 0.05 } })
  assert.deepEqual(datasetOrderOf({ ...form, where: ' score.x<0.5 \n\nstream=false' })!.traces!.where, [
    'score.x<0.5',
    'stream=false',
  ])
  for (const bad of [{ name: 'a b' }, { route: '' }, { days: '0' }, { days: 'x' }, { sample: '0' }, { sample: '101' }])
    assert.equal(datasetOrderOf({ ...form, ...bad }), null, JSON.stringify(bad))
})
