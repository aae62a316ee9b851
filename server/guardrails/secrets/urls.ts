import type { Candidate } from '../finder/candidate.ts'
import { plausiblePassword } from './plausible.ts'

const REST = /([^\s"'`<>/?#@:]{0,100}):([^\s"'`<>/]{1,200})@[A-Za-z0-9_[{$-]/y

/** The password in `scheme://user:password@host`, of any scheme. */
export function findUrlPasswords(text: string, found: Candidate[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    REST.lastIndex = at + 3
    const match = REST.exec(text)
    if (match === null) continue
    const [, user, password] = match
    // `postgres://postgres:postgres@…` stands in manuals; a key may stand in the user's place.
    if (user === password || !plausiblePassword(password!)) continue
    const start = at + 4 + user!.length
    found.push({ start, end: start + password!.length, category: 'URL_PASSWORD', score: 0.9 })
  }
}
