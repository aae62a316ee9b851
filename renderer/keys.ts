/**
 * The keyboard. Parts of the page say which keys they answer, with a name for the key map; the part that came
 * last answers first, so an open dialog takes Esc before the page under it does.
 */
import { useLayoutEffect, useRef } from 'react'

export interface KeyBinding {
  /** One or more ways to press it: `j`, `g o` (one after the other), `mod+k` (⌘ or Ctrl), `Escape`. */
  keys: readonly string[]
  name: string
  group:
    | 'Annotate'
    | 'Anywhere'
    | 'Bench'
    | 'Cache'
    | 'Compare'
    | 'Guardrails'
    | 'Lists'
    | 'Live'
    | 'Request'
    | 'Routes'
  run: () => void
  /** Answer while a text field has the focus, too. */
  inFields?: boolean
}

interface Layer {
  bindings: readonly KeyBinding[]
  /** Nothing below answers while this layer is there. */
  exclusive: boolean
}

const layers: { current: Layer }[] = []
const chordPause = 900
let prefix = ''
let prefixTimer: ReturnType<typeof setTimeout> | undefined

/** Answers keys for as long as the calling component is mounted. */
export function useKeys(bindings: readonly KeyBinding[], options: { exclusive?: boolean } = {}): void {
  const layer = useRef<Layer>({ bindings, exclusive: false })
  layer.current = { bindings, exclusive: options.exclusive === true }
  useLayoutEffect(() => {
    layers.push(layer)
    return () => void layers.splice(layers.indexOf(layer), 1)
  }, [])
}

/** Everything that answers a key at this moment, in the order of the screen, for the key map. */
export function activeBindings(): KeyBinding[] {
  return layers.flatMap((layer) => layer.current.bindings)
}

/** Starts listening; call once. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const pressed = describe(event)
    if (pressed === null) return
    // Of what stands in a shadow tree, as the code editor does, the event itself names only the host.
    const target = event.composedPath()[0] ?? event.target
    const chord = prefix === '' ? pressed : `${prefix} ${pressed}`
    const binding = find(chord, target) ?? find(pressed, target)
    clearTimeout(prefixTimer)
    prefix = ''
    if (binding) {
      event.preventDefault()
      binding.run()
    } else if (!isField(target) && startsChord(pressed)) {
      prefix = pressed
      prefixTimer = setTimeout(() => {
        prefix = ''
      }, chordPause)
    }
  })
}

function describe(event: KeyboardEvent): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key) || event.altKey) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

function find(pressed: string, target: EventTarget | null): KeyBinding | null {
  const field = isField(target)
  const native = (pressed === 'Enter' || pressed === ' ') && isControl(target)
  for (const layer of layers.toReversed()) {
    const binding = layer.current.bindings.find((candidate) => candidate.keys.includes(pressed))
    if (binding && !native && (binding.inFields || !field)) return binding
    if (layer.current.exclusive) return null
  }
  return null
}

function startsChord(pressed: string): boolean {
  return activeBindings().some((binding) => binding.keys.some((keys) => keys.startsWith(`${pressed} `)))
}

/** True for what takes text, and so keeps most keys for itself. */
export function isField(target: EventTarget | null): boolean {
  const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'
  return target instanceof HTMLElement && target.matches(fields)
}

/** Enter and space belong to the control that has the focus. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, a[href], summary, input[type="checkbox"]')
}
