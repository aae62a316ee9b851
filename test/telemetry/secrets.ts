import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../core/random.ts'

/** Where in its files an installation holds a text, but for the files that are there to hold it. */
export function filesWith(folder: string, text: string, except: readonly string[] = []): string[] {
  const needle = Buffer.from(text)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !except.some((name) => file.endsWith(name)) && readFileSync(file).includes(needle))
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

function word(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick([...LETTERS])).join('')
}

/** Secrets as vendors make them: with the well-known prefixes, and without any shape at all. */
export function someSecrets(random: Random): string[] {
  return [
    `sk-proj-${word(random, 40)}`,
    `sk-or-v1-${word(random, 40)}`,
    `gsk_${word(random, 48)}`,
    word(random, 32).toLowerCase(),
    `${word(random, 20)}+/${word(random, 20)}==`,
    `${word(random, 8)}$&${word(random, 8)}.*(${word(random, 4)}`,
  ]
}
