import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtinLexical, LEXICAL_THRESHOLD } from '../../server/cache/embedders/builtin-lexical.ts'
import { evaluate } from '../cache-eval/evaluate.ts'
import { HELD_OUT } from '../cache-eval/held-out.ts'
import { type Judged, judge, rocAuc, tally } from '../cache-eval/measure.ts'
import { generate } from '../cache-eval/sets.ts'
import { GENERATOR } from '../cache-eval/templates.ts'

/** The floors of what ships: with the built-in embedder, its threshold and the strict guard. In per cent. */
const MOST_WRONG = 0.1
const LEAST_RECALL = 97
const LEAST_RECALL_OF_A_KIND = 85

for (const [name, generator, seed] of [
  ['generated', GENERATOR, 21],
  ['held out', HELD_OUT, 22],
] as const)
  test(`${name}: slot edits are refused, surface variants served`, async () => {
    const { edits, variants } = generate(generator, 4, seed)
    assert.ok(generator.templates.length >= 60 && edits.length > 600 && variants.length > 1500)
    const wrong = tally(await judge(edits, builtinLexical), 'strict', LEXICAL_THRESHOLD)
    assert.ok(wrong.wrong! <= MOST_WRONG, `${wrong.hits} of ${wrong.pairs} edits were served`)
    const judged = await judge(variants, builtinLexical)
    const { recall } = tally(judged, 'strict', LEXICAL_THRESHOLD)
    assert.ok(recall! >= LEAST_RECALL, `recall ${recall}`)
    for (const kind of Object.keys(generator.variants)) {
      const one = tally(
        judged.filter((pair) => pair.kind === kind),
        'strict',
        LEXICAL_THRESHOLD,
      )
      assert.ok(one.recall! >= LEAST_RECALL_OF_A_KIND, `${kind}: ${one.recall}`)
    }
  })

test('the area under the curve is that of the textbook', () => {
  const pair = (similarity: number, same: boolean): Judged => ({
    kind: '',
    asked: '',
    cached: '',
    same,
    similarity,
    strict: true,
    loose: true,
  })
  assert.equal(rocAuc([pair(0.9, true), pair(0.8, true), pair(0.2, false)]), 1)
  assert.equal(rocAuc([pair(0.1, true), pair(0.8, false)]), 0)
  assert.equal(rocAuc([pair(0.5, true), pair(0.5, false)]), 0.5)
  assert.equal(rocAuc([pair(0.9, true), pair(0.5, false), pair(0.4, true), pair(0.3, false)]), 0.75)
})

test('the evaluation prints its tables for any embedder', async () => {
  const labelled = [
    { a: 'How do I reset it?', b: 'how can I reset it', label: 1 as const },
    { a: 'Who is Anna?', b: 'Where is Rome?', label: 0 as const },
  ]
  const { page, results } = await evaluate(builtinLexical, LEXICAL_THRESHOLD, labelled)
  assert.match(page, /ROC curve of the similarity: 1\.000/)
  assert.match(page, /\| \*\*all\*\* \| \d+ \| \d+\.\d\d % \|/)
  assert.deepEqual(
    results.map(({ set }) => set),
    [
      'labelled',
      ...['generated', 'held out', 'real questions'].flatMap((name) => [`${name}: edits`, `${name}: variants`]),
    ],
  )
})
