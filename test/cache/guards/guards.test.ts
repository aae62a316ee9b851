import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareQuestions, type GuardName } from '../../../server/cache/guards/index.ts'
import { HELD_OUT } from '../../cache-eval/held-out.ts'
import { generate } from '../../cache-eval/sets.ts'
import { GENERATOR } from '../../cache-eval/templates.ts'

/** Pairs that one guard refuses in either mode. */
const REFUSED: Readonly<Record<Exclude<GuardName, 'words'>, readonly (readonly [string, string])[]>> = {
  numbers: [
    ['Can I return it after 30 days?', 'Can I return it after 60 days?'],
    ['Give me two ideas', 'Give me three ideas'],
    ['What is 1.5% of 200?', 'What is 15% of 200?'],
    ['Is $9.99 a fair price?', 'Is $99.9 a fair price?'],
  ],
  dates: [
    ['Is the shop open on Monday?', 'Is the shop open on Tuesday?'],
    ['Will it rain today?', 'Will it rain tomorrow?'],
    ['Can I visit in May?', 'Can I visit in June?'],
    ['What did we sell last week?', 'What did we sell next week?'],
  ],
  units: [
    ['How far is 5 km?', 'How far is 5 miles?'],
    ['What does it cost in euros?', 'What does it cost in dollars?'],
    ['Take 5 mg', 'Take 5 ml'],
  ],
  names: [
    ['Who is Anna Larsen?', 'Who is Hanna Larsen?'],
    ['flights to Paris in spring', 'flights to Rome in spring'],
    ['What is the population of iran?', 'What is the population of iraq?'],
    ['How do I deploy with Helm?', 'How do I deploy with Ansible?'],
    ['Is metformin safe?', 'Is warfarin safe?'],
    ['What does getUser() return?', 'What does getUsers() return?'],
    ['What does the US need?', 'What does the us need?'],
  ],
  negation: [
    ['Can I fly while pregnant?', 'Can I not fly while pregnant?'],
    ['coffee with milk and sugar', 'coffee without milk and sugar'],
    ['Why does it work?', "Why doesn't it work?"],
    ['He is no longer here, is he?', 'He is here, is he?'],
    ['Is it legal here?', 'Is it illegal here?'],
    ['Should I ever call?', 'Should I never call?'],
  ],
  'question-word': [
    ['When was it founded?', 'Where was it founded?'],
    ['Who broke the vase?', 'Why did the vase break?'],
    ['How many files are there?', 'How often are there files?'],
  ],
  comparison: [
    ['Does it cost more than the other?', 'Does it cost less than the other?'],
    ['What is the maximum dose?', 'What is the minimum dose?'],
    ['Should I buy shares now?', 'Should I sell shares now?'],
    ['Do I eat before the test?', 'Do I eat after the test?'],
    ['How to increase pressure', 'How to decrease pressure'],
    ['Is the river wider here?', 'Is the river narrower here?'],
  ],
  order: [
    ['flights from Paris to Rome', 'flights from Rome to Paris'],
    ['Is Rust faster than Go?', 'Is Go faster than Rust?'],
    ['What is 7 - 3?', 'What is 3 - 7?'],
    ['Send it to Anna and a copy to Peter', 'Send it to Peter and a copy to Anna'],
    ['Convert euros to dollars', 'Convert dollars to euros'],
    ['Do dogs chase cats?', 'Do cats chase dogs?'],
    ['Who borrowed money from Anna?', 'Who borrowed money to Anna?'],
  ],
  language: [
    ['How do I reset my password?', '¿Cómo restablezco mi contraseña?'],
    ['reset password', 'Passwort zurücksetzen'],
    ['Wie ist das Wetter in Berlin?', 'Wie ist das Wetter in Hamburg?'],
    ['北京的天气怎么样？', '上海的天气怎么样？'],
  ],
}

/** The loose guard lets these be said in other words; the strict one does not. */
const REWORDED: readonly (readonly [string, string])[] = [
  ['How do I reset my password?', 'What is the way to reset my password?'],
  ['What is the price of the big plan?', 'How much does the big plan cost?'],
  ['flights from Paris to Rome', 'flights to Rome from Paris'],
  ['What is the best laptop for students?', 'For students, which laptop is best?'],
  [
    'What is the difference between tea and coffee?',
    'How does coffee differ?'.replace('How does coffee differ?', 'What is the difference between coffee and tea?'),
  ],
  ['Why is the sky blue?', 'What is the reason that the sky looks blue?'],
]

for (const [guard, pairs] of Object.entries(REFUSED))
  test(`${guard}: refused in either mode, and it says why`, () => {
    for (const [one, other] of pairs)
      for (const mode of ['strict', 'loose'] as const) {
        const verdict = compareQuestions(one, other, mode)
        assert.deepEqual([verdict.passed, verdict.guard], [false, guard], `${one} / ${other}: ${verdict.guard}`)
        assert.match(verdict.detail!, /.{4}/)
      }
  })

test('words: other words pass the loose guard only', () => {
  for (const [one, other] of REWORDED) {
    assert.deepEqual(
      compareQuestions(one, other, 'loose'),
      { passed: true, guard: null, detail: null },
      `${one} / ${other}`,
    )
    assert.equal(compareQuestions(one, other, 'strict').guard, 'words', `${one} / ${other}`)
  }
})

test('the same words pass the strict guard, in any language', () => {
  for (const [one, other] of [
    ['How many apples are there?', 'how many apple are there'],
    ['How do I reset my password?', 'Hi! How can I reset my pasword, please?'],
    ['Wie ist das Wetter in Berlin?', 'wie ist das wetter in berlin'],
    ['北京的天气怎么样？', '北京 的 天气 怎么样'],
    ['', '   '],
    ['?', '!'],
  ] as const)
    assert.ok(compareQuestions(one, other, 'strict').passed, `${one} / ${other}`)
})

test('names in the plural, capitals that name, what is quoted and slips in long texts are other words', () => {
  for (const [one, other] of [
    ['Who is Bill Brook there?', 'Who is Bill Brooks there?'],
    ['Translate "the cat sleeps" into Danish', 'Translate "the cats sleep" into Danish'],
    ['What does "importent" mean?', 'What does "important" mean?'],
    ['Where do us citizens go?', 'Where do US citizens go?'],
    [`${'This is one of the clauses. '.repeat(20)}important`, `${'This is one of the clauses. '.repeat(20)}importent`],
  ] as const)
    assert.ok(!compareQuestions(one, other, 'strict').passed, `${one} / ${other}`)
})

const generated = [GENERATOR, HELD_OUT].flatMap((generator) => {
  const { edits, variants } = generate(generator, 1, 11)
  return [...edits, ...variants]
})
const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
const texts = fc.oneof(
  anything,
  fc.constantFrom(...generated.flatMap(({ asked, cached }) => [asked, cached])),
  fc
    .array(
      fc.constantFrom(
        'from',
        'to',
        'Rome',
        'paris',
        'not',
        'is',
        'the',
        'a',
        '5',
        'km',
        'who',
        'US',
        'us',
        'dogs',
        'dog',
        'pasword',
        'password',
        'more',
        'less',
      ),
    )
    .map((words) => words.join(' ')),
)
const pairs = fc.oneof(
  fc.tuple(texts, texts),
  fc.constantFrom(...generated.map(({ asked, cached }) => [asked, cached] as [string, string])),
)

test('no text makes a guard throw, and each question serves itself', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      for (const mode of ['strict', 'loose'] as const) {
        const { passed, guard, detail } = compareQuestions(one, other, mode)
        assert.deepEqual([guard === null, detail === null], [passed, passed])
        assert.ok(compareQuestions(one, one, mode).passed)
      }
    }),
    { numRuns: 1500 },
  )
})

test('verdicts are the same both ways round', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      for (const mode of ['strict', 'loose'] as const)
        assert.deepEqual(compareQuestions(one, other, mode), compareQuestions(other, one, mode))
    }),
    { numRuns: 1500 },
  )
})

test('what the strict guard passes, the loose one passes', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      if (compareQuestions(one, other, 'strict').passed) assert.ok(compareQuestions(one, other, 'loose').passed)
    }),
    { numRuns: 1500 },
  )
})
