import type { GuardMatch } from '../../core/guardrail.ts'
import type { Candidate } from '../finder/candidate.ts'
import { pieces, resolve } from '../finder/resolve.ts'
import { outside } from '../inspection.ts'
import { findAssigned } from './assignments.ts'
import { findCredentials } from './headers.ts'
import { findInfixed } from './infixed.ts'
import { findPrivateKeys, LONGEST_BLOCK, openKey } from './pem.ts'
import { findPrefixed } from './prefixed.ts'
import { findBySecretlint } from './secretlint.ts'
import { findUrlPasswords } from './urls.ts'

/** No secret but a private key is longer, or has spaces or quotes. */
export const LONGEST = 4096
/** Units before a secret in which its name may stand. */
export const NAMED_WITHIN = 256
export const LOOK_BEHIND = LONGEST + NAMED_WITHIN

const FINDERS: readonly ((text: string, found: Candidate[]) => void)[] = [
  findPrivateKeys,
  findBySecretlint,
  findPrefixed,
  findInfixed,
  findCredentials,
  findUrlPasswords,
  findAssigned,
]

/** In order, not overlapping. */
export function findSecrets(text: string, allowed: ReadonlySet<string>): GuardMatch[] {
  return resolve(candidatesOf(text, allowed))
}

function candidatesOf(text: string, allowed: ReadonlySet<string>): Candidate[] {
  const found: Candidate[] = []
  for (const find of FINDERS) find(text, found)
  if (allowed.size === 0) return found
  return found.filter(({ start, end }) => !allowed.has(text.slice(start, end)))
}

/** See `Incremental`. A secret is on hold from its first unit until a unit comes that is none of a secret's. */
export function settledSecrets(text: string, allowed: ReadonlySet<string>): number {
  const least = Math.max(0, text.length - LONGEST)
  let word = text.length
  while (word > least && !ENDS.test(text[word - 1]!)) word--
  const bound = Math.min(word, openKey(text))
  const from = Math.max(0, bound - LONGEST_BLOCK - NAMED_WITHIN)
  const reaching = candidatesOf(text.slice(from), allowed).filter(({ start }) => from + start < bound)
  return from + outside(pieces(reaching), bound - from)
}

/** What no secret has within. */
const ENDS = /[\s"'`<>]/
