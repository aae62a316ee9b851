import type { Word } from './words.ts'

const NAMES = `january janvier enero januar gennaio janeiro jan|february fevrier febrero februar febbraio fevereiro feb|
march mars marzo marz|april avril abril aprile apr|may mai mayo maggio|june juin junio juni giugno junho jun|
july juillet julio juli luglio julho jul|august aout agosto aug|september septembre septiembre settembre setembro sep sept|
october octobre octubre oktober ottobre outubro oct okt|november novembre noviembre nov|
december decembre diciembre dezember dicembre dezembro dec dez`
const MONTHS = new Map(
  NAMES.replaceAll('\n', '')
    .split('|')
    .flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
)
const YEAR = /^(?:19|20)\d\d$/

/** The number of a month by its name, in small letters without accents. */
export function monthOf(name: string): number | null {
  return MONTHS.get(name) ?? null
}

/** The months of dates in figures: `2024-05-31`, `31.05.2024`. Of one that may be a day as well both. */
export function monthsIn(words: readonly Word[]): { value: number; stem: string }[] {
  return words.flatMap((word, at) => {
    const [second, third] = [words[at + 1], words[at + 2]]
    if (word.kind !== 'number' || second?.kind !== 'number' || third?.kind !== 'number') return []
    if (second.start !== word.end + 1 || third.start !== second.end + 1) return []
    const parts = YEAR.test(word.stem) ? [second] : YEAR.test(third.stem) ? [word, second] : []
    return parts.flatMap(({ stem }) => (Number(stem) >= 1 && Number(stem) <= 12 ? [{ value: Number(stem), stem }] : []))
  })
}
