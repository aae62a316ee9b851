import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { builtinLexical, LEXICAL_THRESHOLD } from '../../server/cache/embedders/builtin-lexical.ts'
import { servingOf } from '../../server/cache/serving.ts'
import { evaluate } from '../cache-eval/evaluate.ts'
import { HELD_OUT } from '../cache-eval/held-out.ts'
import { httpEmbedder } from '../cache-eval/http-embedder.ts'
import { type Judged, judge, rocAuc, tally } from '../cache-eval/measure.ts'
import { readOptions } from '../cache-eval/options.ts'
import { generate } from '../cache-eval/sets.ts'
import { LEXICAL_DEFAULTS, OTHER_DEFAULTS, summarize, summaryTable, summaryText } from '../cache-eval/summary.ts'
import { GENERATOR } from '../cache-eval/templates.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { blockOf } from '../support/marked-block.ts'

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

test('the evaluation prints its tables, and what ships is what it gives now', async () => {
  const labelled = [
    { a: 'How do I reset it?', b: 'how can I reset it', label: 1 as const },
    { a: 'Who is Anna?', b: 'Where is Rome?', label: 0 as const },
  ]
  const { page, results, summary } = await evaluate(builtinLexical, LEXICAL_DEFAULTS, labelled)
  assert.match(page, /^## builtin-lexical-1, .*\n\n### In short\n\n.*\n\n\| threshold \|/)
  assert.match(page, /ROC curve of the similarity: 1\.000/)
  assert.match(page, /\| \*\*all\*\* \| \d+ \| \d+\.\d\d % \|/)
  assert.deepEqual(
    results.map(({ set }) => set),
    [
      'labelled',
      ...['generated', 'held out', 'real questions'].flatMap((name) => [`${name}: edits`, `${name}: variants`]),
    ],
  )
  const shipped = readFileSync(new URL('../../resources/cache/evaluation.json', import.meta.url), 'utf8')
  assert.equal(shipped, summaryText(summary), 'npm run eval:cache -- --write, and look at what has changed')
  assert.deepEqual(JSON.parse(shipped), summary)
})

test('what is said to ship is what serves where the config says nothing', () => {
  const open = { threshold: null, guard: null, maxError: 0.01, deadlineMs: 100 }
  const lexical = servingOf(open, { kind: 'builtin-lexical' })
  assert.deepEqual(LEXICAL_DEFAULTS, { threshold: lexical.base, guard: lexical.guard })
  const other = servingOf(open, { kind: 'onnx', folder: 'x' })
  assert.deepEqual(OTHER_DEFAULTS, { threshold: other.base, guard: other.guard })
})

test('the summary counts over all sets together, by guard and threshold', () => {
  const pair = (similarity: number, same: boolean, loose: boolean): Judged => ({
    kind: 'name',
    asked: 'a',
    cached: 'b',
    same,
    similarity,
    strict: false,
    loose,
  })
  const summary = summarize('x-1', { threshold: 0.97, guard: 'loose' }, [
    { name: 'one', edits: [pair(0.98, false, true), pair(0.7, false, false)], variants: [pair(0.96, true, true)] },
    {
      name: 'two',
      edits: [pair(0.2, false, true)],
      variants: [pair(0.995, true, true), pair(0.99, true, false), pair(0.5, true, true)],
    },
  ])
  const at = (guard: string, threshold: number) => {
    const { wrong, recall } = summary.rows.find((row) => row.guard === guard && row.threshold === threshold)!
    return [wrong, recall]
  }
  assert.deepEqual(at('none', 0.5), [0.666667, 1])
  assert.deepEqual(at('loose', 0.5), [0.333333, 0.75])
  assert.deepEqual(at('loose', 0.97), [0.333333, 0.25], 'the shipped threshold is measured wherever it lies')
  assert.deepEqual(at('strict', 0.5), [0, 0])
  assert.equal(summary.rows.length, 3 * 12)
  assert.deepEqual(summary.sets[1], { name: 'two', edits: 1, variants: 3 })
  const line = summaryTable(summary)
    .split('\n')
    .find((each) => each.includes('shipped'))
  assert.equal(
    line,
    '| **0.97**, shipped | 33.33 % | **33.33 %** | 0.00 % | 50.00 % | **25.00 %** | 0.00 % |',
    'in bold what serves by itself',
  )
})

test('an embedder behind an endpoint is measured like the one at hand', async () => {
  const upstream = await startFakeUpstream(({ json }) => {
    const input = json.input as string[]
    const data = input.map((text, index) => ({
      index,
      embedding: Array.from(builtinLexical.embedOne(text), (value) => 3 * value),
    }))
    return { headers: { 'content-type': 'application/json' }, chunks: [JSON.stringify({ data: data.reverse() })] }
  })
  after(() => upstream.close())
  const server = { baseUrl: `${upstream.url}/v1/`, model: 'small', key: 'k-1' }
  const embedder = httpEmbedder(server)
  assert.match(embedder.id, /^127\.0\.0\.1:\d+\/small$/)
  const { edits, variants } = generate(HELD_OUT, 1, 3)
  const pairs = [...edits, ...variants].slice(0, 150)
  const [over, here] = [await judge(pairs, embedder), await judge(pairs, builtinLexical)]
  over.forEach((pair, index) => {
    assert.ok(Math.abs(pair.similarity - here[index]!.similarity) < 1e-5, pair.asked)
  })
  assert.equal(embedder.dimensions, 384)
  const texts = upstream.seen.map(({ json }) => (json.input as string[]).length)
  assert.ok(texts.length > 1 && texts.slice(0, -1).every((count) => count === 64))
  const [first] = upstream.seen
  assert.deepEqual([first!.path, first!.json.model], ['/v1/embeddings', 'small'])
  assert.equal(first!.headers.authorization, 'Bearer k-1')

  upstream.answer = () => ({ status: 404, chunks: ['no such model'] })
  await assert.rejects(embedder.embed(['a']), /\/v1\/embeddings answered 404: no such model/)
  upstream.answer = () => ({ chunks: ['{"data":[]}'] })
  await assert.rejects(embedder.embed(['a']), /gave 0 vectors for 1 texts/)
  await upstream.close()
  await assert.rejects(embedder.embed(['a']), /cannot be asked: /)
})

test('what cannot be done together is refused with what to do', () => {
  assert.deepEqual(readOptions(['--write', '--sample', '20']), {
    embedder: { kind: 'builtin-lexical' },
    write: true,
    json: null,
    sample: 20,
    show: 0,
  })
  assert.deepEqual(readOptions(['--url', 'http://127.0.0.1:1/v1', '--model', 'm', '--json', 'f']).embedder, {
    kind: 'server',
    baseUrl: 'http://127.0.0.1:1/v1',
    model: 'm',
    key: null,
  })
  assert.throws(() => readOptions(['--onnx', 'folder', '--write']), /--json FILE writes the figures/)
  assert.throws(() => readOptions(['--url', 'http://127.0.0.1:1/v1']), /--model NAME go together/)
  assert.throws(() => readOptions(['--onnx', 'a', '--url', 'b', '--model', 'c']), /either --onnx or --url/)
  assert.throws(() => readOptions(['--url', 'here', '--model', 'm']), /is no address/)
  assert.throws(() => readOptions(['--sample', 'some']), /--sample some is no number/)
})

test('the README has the table of what ships', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const shipped = JSON.parse(readFileSync(new URL('../../resources/cache/evaluation.json', import.meta.url), 'utf8'))
  assert.equal(blockOf(readme, 'eval:cache'), summaryTable(shipped))
})
