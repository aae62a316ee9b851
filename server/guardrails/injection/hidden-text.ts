import type { View } from './view.ts'

/** Longer hidden texts are read so far; shorter ones say nothing. */
const LONGEST = 2000
const SHORTEST = 16
/** Of a text, so that one of nothing but comments costs no more than a few readings. */
const MOST = 16
const LONGEST_TAG = 400
const UNSEEN =
  /display:\s?none|visibility:\s?hidden|font-size:\s?[01](?![\d.])|opacity:\s?0(?![\d.])|color:\s?(?:white|#fff)/i

/** What a page holds and does not show: its comments, and elements whose style makes them unseen; each for itself. */
export function hiddenViews(text: string): View[] {
  const views: View[] = []
  for (let at = text.indexOf('<!--'); at >= 0 && views.length < MOST; ) {
    const from = at + 4
    const end = text.indexOf('-->', from)
    const to = Math.min(end < 0 ? text.length : end, from + LONGEST)
    add(text, from, to, views)
    at = end < 0 ? -1 : text.indexOf('<!--', end)
  }
  for (let at = text.indexOf('style='); at >= 0 && views.length < MOST; at = text.indexOf('style=', at + 6)) {
    const close = text.indexOf('>', at)
    if (close < 0) break
    if (close - at > LONGEST_TAG || !UNSEEN.test(text.slice(at, close))) continue
    const next = text.indexOf('</', close)
    add(text, close + 1, Math.min(next < 0 ? text.length : next, close + 1 + LONGEST), views)
  }
  return views
}

function add(text: string, from: number, to: number, views: View[]): void {
  if (to - from < SHORTEST) return
  views.push({
    name: 'hidden text',
    text: text.slice(from, to),
    original: (start, end) => ({ start: start + from, end: end + from }),
  })
}
