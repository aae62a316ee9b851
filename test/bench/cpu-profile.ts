import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Microseconds of the monotonic clock, which V8 stamps samples with too. */
export interface Window {
  from: number
  until: number
}

export interface HotFunction {
  name: string
  samples: number
}

/** What one thread did within the windows, idle samples left out. */
export interface ThreadProfile {
  samples: number
  /** Samples with a frame of the recording somewhere on the stack: `JSON.stringify` for the recorder counts. */
  recording: number
  /** By self time, hottest first. */
  hot: HotFunction[]
}

interface Node {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number }
  children?: number[]
}

interface Profile {
  nodes: Node[]
  startTime: number
  samples: number[]
  timeDeltas: number[]
}

interface Place {
  label: string
  recording: boolean
  idle: boolean
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The keys are in the store too, but looking one up is authentication. */
const RECORDING =
  /^server\/(stores\/(?!keys\.ts)|telemetry\/|threads\/)|node_modules\/(better-sqlite3|@opentelemetry)\//

export function now(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** Reads a `.cpuprofile`. `null` when it is not of a thread that ran `script`. */
export function readThreadProfile(file: string, script: string, windows: readonly Window[]): ThreadProfile | null {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile
  if (!profile.nodes.some(({ callFrame }) => callFrame.url.endsWith(script))) return null
  const places = placesOf(profile.nodes)
  const bySelf = new Map<string, number>()
  const found: ThreadProfile = { samples: 0, recording: 0, hot: [] }
  let time = profile.startTime
  for (const [index, id] of profile.samples.entries()) {
    time += profile.timeDeltas[index]!
    const place = places.get(id)!
    if (place.idle || !windows.some(({ from, until }) => time >= from && time <= until)) continue
    found.samples += 1
    if (place.recording) found.recording += 1
    bySelf.set(place.label, (bySelf.get(place.label) ?? 0) + 1)
  }
  found.hot = [...bySelf].map(([name, samples]) => ({ name, samples })).sort((a, b) => b.samples - a.samples)
  return found
}

/** Parents come before their children in `nodes`, so that one pass hands down what lies above a frame. */
function placesOf(nodes: readonly Node[]): Map<number, Place> {
  const above = new Map<number, { file: string; recording: boolean }>()
  const places = new Map<number, Place>()
  for (const { id, callFrame, children } of nodes) {
    const { functionName, url, lineNumber } = callFrame
    const parent = above.get(id) ?? { file: '', recording: false }
    const own = shorten(url)
    const recording = parent.recording || RECORDING.test(own)
    const name = functionName || '(anonymous)'
    const under = parent.file === '' ? '' : ` (native, in ${parent.file})`
    const label = own === '' ? `${name}${under}` : `${name} ${own}:${lineNumber + 1}`
    places.set(id, { label, recording, idle: name === '(idle)' })
    for (const child of children ?? []) above.set(child, { file: own === '' ? parent.file : own, recording })
  }
  return places
}

/** A path from the project's root, so that reports say nothing about the machine. */
function shorten(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url).replace(ROOT, '').replaceAll('\\', '/') : url
}
