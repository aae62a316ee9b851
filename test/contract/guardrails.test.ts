import assert from 'node:assert/strict'
import { getActiveResourcesInfo } from 'node:process'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import {
  GUARD_ACTIONS,
  GUARD_STAGES,
  type Guardrail,
  type GuardText,
  type Inspection,
} from '../../server/core/guardrail.ts'
import { guardrails } from '../../server/guardrails/index.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'
import { adversarialTexts, context, SAMPLES } from './guardrail-samples.ts'

/** Milliseconds of this thread that a megabyte may take. */
const MOST = 5000
const textOf = (text: string): GuardText => ({ text, origin: 'reply', place: 'choices[0]' })

/** Any characters, halves of surrogate pairs too, among what the kind knows. */
function texts(seeds: readonly string[], maxLength = 12): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...seeds) },
    { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3 })
        .map(String.fromCharCode.bind(null) as never),
    },
    { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '.', 'x', ', ', ' and so on ', '\ud83d', '\ude00') },
  ) as fc.Arbitrary<string>
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''))
}

function assertWellFormed(inspection: Inspection, text: string): void {
  const { score, category, matches } = inspection
  assert.ok(score >= 0 && score <= 1, `score ${score}`)
  assert.ok(category === null || category !== '')
  let at = 0
  for (const match of matches) {
    assert.ok(match.start >= at && match.end > match.start && match.end <= text.length, JSON.stringify(matches))
    assert.ok(match.score >= 0 && match.score <= 1 && match.category !== '')
    at = match.end
  }
  if (matches.length > 0) assert.equal(score, Math.max(...matches.map((match) => match.score)))
}

it('has a sample for every kind, and no other', () => {
  assert.deepEqual([...guardrails.keys()].sort(), Object.keys(SAMPLES).sort())
})

for (const [name, kind] of guardrails) {
  const { options, wrong, seeds } = SAMPLES[name]!
  const make = (): Guardrail => kind.create(options)

  describe(name, () => {
    it('says what it is', () => {
      assert.equal(kind.kind, name)
      assert.equal(make().kind, name)
      assert.match(kind.description, /^[A-Z]/)
      for (const stage of kind.stages) assert.ok(GUARD_STAGES.includes(stage))
      for (const action of kind.actions) assert.ok(GUARD_ACTIONS.includes(action))
      assert.ok(kind.threshold > 0 && kind.threshold <= 1)
      for (const { description } of Object.values(kind.options)) assert.match(description, /\S.*\.$/s)
    })

    it('describes its options so that good ones are valid, and others are refused', () => {
      const properties = Object.fromEntries(Object.entries(kind.options).map(([each, { schema }]) => [each, schema]))
      const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile({
        type: 'object',
        properties,
        additionalProperties: false,
      })
      assert.ok(validate(options), JSON.stringify(validate.errors))
      assert.ok(!validate({ ...options, nonsense: 1 }))
      for (const each of Object.keys(kind.options)) assert.ok(!validate({ [each]: null }), each)
    })

    it('refuses options that make no sense', () => {
      for (const each of wrong) assert.throws(() => kind.create(each), TypeError, JSON.stringify(each))
    })

    it('answers any text, always the same, whatever came before', async () => {
      const used = make()
      await fc.assert(
        fc.asyncProperty(texts(seeds), async (text) => {
          const first = await used.inspect(textOf(text), context)
          assertWellFormed(first, text)
          assert.deepEqual(await used.inspect(textOf(text), context), first)
          assert.deepEqual(await make().inspect(textOf(text), context), first)
        }),
        { numRuns: name === 'language' || name === 'injection' ? 40 : 150 },
      )
    })

    it('repeats nothing of the text in category and reason', async () => {
      const MARKER = 'zqxj7Kwv'
      for (const seed of seeds)
        for (const text of [
          `${seed}${MARKER} ${seed}`,
          `${MARKER} ${seed}`,
          `${MARKER}@example.com ${seed} https://${MARKER}.example/`,
        ]) {
          const { category, reason, matches } = await make().inspect(textOf(text), context)
          const said = JSON.stringify([category, reason, matches.map((match) => match.category)])
          assert.ok(!said.includes(MARKER), said)
        }
    })

    it('starts nothing that runs on by itself', () => {
      const before = getActiveResourcesInfo().filter((each) => each === 'Timeout').length
      for (let count = 0; count < 5; count++) make()
      assert.equal(getActiveResourcesInfo().filter((each) => each === 'Timeout').length, before)
    })

    if (kind.cost === 'process')
      it('takes little time for a megabyte of anything', async (t) => {
        const guardrail = make()
        const times: [number, string][] = []
        for (const [family, text] of adversarialTexts(seeds)) {
          const startedAt = millisecondsOfThread()
          await guardrail.inspect(textOf(text), context)
          const inspected = millisecondsOfThread()
          guardrail.incremental?.settled(text, context)
          const took = Math.max(inspected - startedAt, millisecondsOfThread() - inspected)
          times.push([took, family])
          assert.ok(took < MOST, `${JSON.stringify(family)}: ${took.toFixed(0)} ms`)
        }
        const [slowest, family] = times.sort((a, b) => b[0] - a[0])[0]!
        t.diagnostic(`${name}: ${slowest.toFixed(0)} ms for a megabyte of ${JSON.stringify(family)}`)
      })

    if (make().incremental === undefined) return
    const guardrail = make()
    const incremental = guardrail.incremental!
    const matchesIn = async (text: string) => (await guardrail.inspect(textOf(text), context)).matches

    it('finds in a growing text what it finds in the whole', async () => {
      await fc.assert(
        fc.asyncProperty(texts(seeds), fc.array(fc.nat(), { maxLength: 6 }), async (text, cuts) => {
          const whole = await matchesIn(text)
          for (const cut of [...cuts.map((each) => each % (text.length + 1)), text.length]) {
            const part = text.slice(0, cut)
            const settled = incremental.settled(part, context)
            assert.ok(settled >= 0 && settled <= cut, `${settled} of ${cut}`)
            const final = (await matchesIn(part)).filter(({ end }) => end <= settled)
            assert.deepEqual(
              final,
              whole.filter(({ end }) => end <= settled),
              JSON.stringify([part, settled]),
            )
            const across = whole.filter(({ start, end }) => start < settled && end > settled)
            assert.deepEqual(across, [], JSON.stringify([part, settled]))
          }
        }),
        { numRuns: 400 },
      )
    })

    it('finds the same when what is old is forgotten', async () => {
      const long = fc.tuple(texts(seeds, 60), texts(seeds, 60), fc.nat({ max: 40 })).map(([one, two, count]) => {
        const filling = one === '' ? 'x' : one
        return filling.repeat(Math.ceil((incremental.lookBehind + count) / filling.length)) + two
      })
      await fc.assert(
        fc.asyncProperty(long, fc.nat(), async (text, random) => {
          const whole = await matchesIn(text)
          const from = random % (text.length - incremental.lookBehind + 1)
          const cut = isLow(text.charCodeAt(from)) && from > 0 ? from - 1 : from
          const kept = (matches: typeof whole) => matches.filter(({ start }) => start >= from + incremental.lookBehind)
          const rest = (await matchesIn(text.slice(cut))).map((match) => ({
            ...match,
            start: match.start + cut,
            end: match.end + cut,
          }))
          assert.deepEqual(kept(rest), kept(whole))
        }),
        { numRuns: 60 },
      )
    })

    it('holds little back of a text that has nothing to do with it', () => {
      const text = 'Nothing in here is of any note, so it may go on its way at once, word by word. '.repeat(20)
      assert.ok(incremental.settled(text, context) >= text.length - 2 * 64)
    })
  })
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
