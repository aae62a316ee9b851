import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from './support.ts'

const named = (text: string) => found(text, { types: ['PERSON', 'LOCATION', 'ORGANIZATION'] })

test('an address in a sentence is one, as far as it goes', () => {
  assert.deepEqual(named('Send it to 60 Hauptstrasse 68\n Apt. 32\n Dolenice\n Bulgaria 40312? I am away.'), [
    'LOCATION 60 Hauptstrasse 68\n Apt. 32\n Dolenice\n Bulgaria 40312',
  ])
  assert.deepEqual(named('The office is at 12 Main Street, Springfield, Kenya 12345 now.'), [
    'LOCATION 12 Main Street, Springfield, Kenya 12345',
  ])
})

test('a street and a town are two, and the lines of a letterhead are by themselves', () => {
  assert.deepEqual(named('She lives at 12 Main Street, Springfield'), [
    'LOCATION 12 Main Street',
    'LOCATION Springfield',
  ])
  assert.deepEqual(named('Maria Lindqvist\nKelvaro\n34 Koivutie 31\n Suite 52\n Dolenice\n Bulgaria 40312'), [
    'PERSON Maria Lindqvist',
    'ORGANIZATION Kelvaro',
    'LOCATION 34',
    'LOCATION Koivutie 31',
    'LOCATION Suite 52',
    'LOCATION Dolenice',
    'LOCATION Bulgaria',
    'LOCATION 40312',
  ])
})

test('postcodes are places where words or a country say so', () => {
  assert.deepEqual(named('my zip code is 20045'), ['LOCATION 20045'])
  assert.deepEqual(named('we sold 20045 of them'), [])
})

test('names have neither title nor room, and may begin with small or common words', () => {
  assert.deepEqual(named('We met Mr. Carl Ostrander there'), ['PERSON Carl Ostrander'])
  assert.deepEqual(named('Ask Holly Berg Apt. 12 about it').slice(0, 1), ['PERSON Holly Berg'])
  assert.deepEqual(named('Grace Kowalczyk was there'), ['PERSON Grace Kowalczyk'])
  assert.deepEqual(named('a letter by van Oosten'), ['PERSON van Oosten'])
})

test('companies are known by their forms, and by those who work there', () => {
  for (const [text, name] of [
    ['We asked Bright Garden Corporation about it', 'Bright Garden Corporation'],
    ['a bill of Müller & Söhne GmbH came', 'Müller & Söhne GmbH'],
    ['He is at Acme, Inc. today', 'Acme, Inc.'],
    ['She was hired by Ostavix', 'Ostavix'],
    ['an account at Bank of America', 'Bank of America'],
    ['Department of Public Works', 'Department of Public Works'],
    ['He works for Baker, Lowe and Finch', 'Baker, Lowe and Finch'],
  ])
    assert.deepEqual(named(text!), [`ORGANIZATION ${name}`], text)
  assert.deepEqual(named('another start-up idea'), [])
})
