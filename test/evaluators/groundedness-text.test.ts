import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chatterOf } from '../../server/evaluators/text/chatter.ts'
import { documentsIn } from '../../server/evaluators/text/documents.ts'
import { findNames } from '../../server/evaluators/text/names.ts'
import { negated } from '../../server/evaluators/text/negation.ts'
import { valuesOf } from '../../server/evaluators/text/number-words.ts'
import { readNumbers } from '../../server/evaluators/text/numbers.ts'
import { areOpposites } from '../../server/evaluators/text/opposites.ts'
import { splitSentences } from '../../server/evaluators/text/sentences.ts'
import { languageByWords } from '../../server/evaluators/text/small-words.ts'
import { rootOf, stemOf } from '../../server/evaluators/text/stems.ts'
import { Vocabulary } from '../../server/evaluators/text/vocabulary.ts'
import { readWords } from '../../server/evaluators/text/words.ts'

describe('sentences', () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    'One. Two! Three? Four': ['One.', 'Two!', 'Three?', 'Four'],
    'The U.S. army met Dr. Kim, e.g. at 5 p.m. sharp. Then it left.': [
      'The U.S. army met Dr. Kim, e.g. at 5 p.m. sharp.',
      'Then it left.',
    ],
    'It costs 3.50 or 1.000,50 in v1.2.3. Fine.': ['It costs 3.50 or 1.000,50 in v1.2.3.', 'Fine.'],
    'yes. it is small': ['yes.', 'it is small'],
    'Am 3. Mai war es warm. Am 4. regnete es.': ['Am 3. Mai war es warm.', 'Am 4. regnete es.'],
    '- First\n- Second goes\n  on here\n\n1. Third': ['First', 'Second goes\n  on here', 'Third'],
    '| a | b |\n|---|---|\n| 1 | 2 |': ['a | b |', '1 | 2 |'],
    'Look:\n```js\nlet a = 1. B\n```\nDone.': ['Look:', '```js\nlet a = 1. B\n```', 'Done.'],
    '東京は首都です。人口は多い。': ['東京は首都です。', '人口は多い。'],
    'He said "No." Then he left.': ['He said "No."', 'Then he left.'],
    ' \n --- \n': [],
  }
  for (const [text, sentences] of Object.entries(CASES))
    it(`splits ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        splitSentences(text).map(({ start, end }) => text.slice(start, end)),
        sentences,
      ))
})

describe('words', () => {
  const read = (text: string) => readWords(text).map((word) => word.text)

  it('are small, without accents and without the letter of a genitive', () =>
    assert.deepEqual(read("The Café’s Straße, l'été, the '70s"), ['the', 'cafe', 'strasse', 'l', 'ete', 'the', '70']))
  it('write negations out, also where they stand apart', () =>
    assert.deepEqual(read("can't do n't won't isn’t"), ['can', 'not', 'do', 'not', 'will', 'not', 'is', 'not']))
  it('are pairs of characters where no spaces are written', () =>
    assert.deepEqual(read('東京は3区'), ['東京', '京は', '3', '区']))
  it('come apart where a capital stands in their middle', () =>
    assert.deepEqual(read('deliveryDays iPhone FastFreight'), ['delivery', 'days', 'iphone', 'fast', 'freight']))
  it('know their places', () => {
    const text = 'Es gibt «Änderungen», doesn’t it? 東京だ'
    for (const { start, end, text: word } of readWords(text))
      if (word.length > 3)
        assert.equal(text.slice(start, end).toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''), word)
  })
})

describe('stems', () => {
  for (const words of [
    'rule rules ruled ruling',
    'carry carries carried',
    'stop stopped stopping',
    'organise organizing',
    'child children',
  ])
    it(`are the same for ${words}`, () => assert.equal(new Set(words.split(' ').map(stemOf)).size, 1))
  for (const words of ['popular popularity', 'refunded refundable', 'locate location', 'photograph photography'])
    it(`have the same root for ${words}`, () =>
      assert.equal(new Set(words.split(' ').map((word) => rootOf(stemOf(word)))).size, 1))
  it('are not the same for other words', () => assert.notEqual(rootOf(stemOf('market')), rootOf(stemOf('marble'))))
})

describe('numbers', () => {
  const read = (text: string) => readNumbers(readWords(text)).map(({ values }) => values)
  const CASES: Readonly<Record<string, number[][]>> = {
    '1,000 1000 1.000': [[1000, 1], [1000], [1000, 1]],
    'one thousand and a million': [[1000], [1_000_000]],
    'two hundred and fifty-five': [[255]],
    '1.5 million, 2 Mio': [[1_500_000], [2_000_000]],
    'one of the three': [[3]],
    'one two three': [[2], [3]],
    '12.05.2024': [[12], [5], [2024]],
    'fünf Millionen, vingt, quince': [[5_000_000], [20], [15]],
    '21st 3rd third': [[21], [3], [3]],
    '٣ １２': [[3], [12]],
  }
  for (const [text, values] of Object.entries(CASES)) it(`reads ${text}`, () => assert.deepEqual(read(text), values))
  it('reads the marks of any country', () => {
    assert.deepEqual(valuesOf('1.234.567,89'), [1_234_567.89])
    assert.deepEqual(valuesOf('12,34,567'), [1_234_567])
    assert.deepEqual(valuesOf('0,125'), [0.125])
  })
})

describe('negation', () => {
  const reached = (text: string) => {
    const words = readWords(text)
    return words.filter((_, at) => negated(words)[at]).map((word) => word.text)
  }
  const CASES: Readonly<Record<string, string[]>> = {
    'Gift cards are not refundable, but books are.': ['refundable'],
    'No, it is from 2009.': [],
    'No refunds are paid.': ['refunds', 'paid'],
    'Die Garantie gilt nicht für Frost.': ['gilt', 'frost'],
    'I do not know the price.': [],
    'Not only dogs are allowed.': [],
    'Les shorts ne sont pas acceptés.': ['shorts', 'acceptes'],
    'It is not unlikely without proof.': ['unlikely', 'proof'],
  }
  for (const [text, words] of Object.entries(CASES))
    it(`reaches the right words of: ${text}`, () => assert.deepEqual(reached(text), words))
})

it('knows opposites by the word and by the prefix', () => {
  const opposite = (one: string, other: string) => areOpposites(stemOf(one), stemOf(other))
  for (const [one, other] of [
    'increased decreases',
    'before after',
    'closed open',
    'valid invalid',
    'available unavailable',
    'verboten erlaubt',
  ].map((pair) => pair.split(' ')))
    assert.ok(opposite(one!, other!) && opposite(other!, one!), `${one} ${other}`)
  for (const [one, other] of ['increase rise', 'art part', 'under thunder'].map((pair) => pair.split(' ')))
    assert.ok(!opposite(one!, other!), `${one} ${other}`)
})

it('tells names from what is written with a capital for another reason', () => {
  const names = (text: string, german = false) => {
    const words = readWords(text)
    return words.filter((_, at) => findNames(words, german)[at]).map((word) => word.text)
  }
  assert.deepEqual(names('The desk in Graz is run by Maria Keller.'), ['graz', 'maria', 'keller'])
  assert.deepEqual(names('Items are returned. I think so.'), [])
  assert.deepEqual(names('HOW TO RETURN YOUR ITEMS'), [])
  assert.deepEqual(names('Die Garantie der BMW gilt im Winter.', true), ['bmw'])
})

it('finds words by their forms, meanings, families, parts, initials and dates', () => {
  const vocabulary = new Vocabulary()
  vocabulary.add(
    readWords(
      'The United States films, popularity, Waschmittelschublade, Rückgabe mit Frist, on 2024-05-31, delivered.',
    ),
    0,
  )
  const by = (text: string) => vocabulary.match(readWords(text)[0]!)?.by ?? null
  assert.deepEqual(['film', 'movie', 'popular', 'Schublade', 'Rückgabefrist', 'US', 'May', 'June', 'banana'].map(by), [
    'same',
    'meaning',
    'root',
    'part',
    'root',
    'name',
    'month',
    null,
    null,
  ])
})

it('finds the documents of a message, and takes no question for one', () => {
  const text = 'The bridge is 412 m long and was opened in 1998 by the mayor.'
  assert.deepEqual(documentsIn(`Use this.\n<document id="1">${text}</document>\nHow long is it?`), [text])
  assert.deepEqual(documentsIn(`Summarise:\n"""${text}"""`), [text])
  assert.deepEqual(
    documentsIn(`**Context:** ${text}\n\nQuestion: how long?`).map((each) => each.includes(text)),
    [true],
  )
  assert.deepEqual(documentsIn(`How long is it?\n\n${`${text}\n`.repeat(20)}`).length, 1)
  assert.deepEqual(documentsIn('My router blinks. What does context mean: is it broken?'), [])
  assert.deepEqual(
    documentsIn(`I have a problem.\n\n${'I bought it and my wife told me that I broke it. '.repeat(30)}`),
    [],
  )
})

it('tells what a sentence does that claims nothing', () => {
  const chatter = (text: string) => chatterOf(text, readWords(text))
  const CASES: Readonly<Record<string, ReturnType<typeof chatter>>> = {
    'Sure!': 'courtesy',
    'Let me know if you have any other questions!': 'courtesy',
    'N’hésitez pas à me contacter.': 'courtesy',
    'Would you like to see the prices?': 'question',
    'Did you know that it costs a lot?': null,
    'The documents do not say when it opens.': 'not-known',
    'I am not sure but it is a library.': null,
    'Dazu enthalten die Unterlagen keine Angaben.': 'not-known',
    '駐車場についての情報は記載されていません。': 'not-known',
    'We do not offer refunds.': null,
    'Gift cards are not refundable.': null,
    'The store opens at nine.': null,
  }
  for (const [text, expected] of Object.entries(CASES)) assert.equal(chatter(text), expected, text)
})

it('tells a language by its words of grammar, where they tell', () => {
  const language = (text: string) => languageByWords(readWords(text).map((word) => word.text))
  assert.equal(language('The house is on the hill and it was built for them.'), 'en')
  assert.equal(language('Das Haus ist auf dem Hügel und wird nicht verkauft.'), 'de')
  assert.equal(language('La cuota es de 35 euros al mes, pero no hay matrícula por las clases.'), 'es')
  assert.equal(language('Porto'), null)
})
