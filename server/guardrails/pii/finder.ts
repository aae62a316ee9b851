import type { Candidate } from '../finder/candidate.ts'
import type { Surroundings } from './surroundings.ts'

/** Adds what it finds in a folded text, whose surroundings it may ask. */
export type Finder = (text: string, found: Candidate[], near: Surroundings) => void
