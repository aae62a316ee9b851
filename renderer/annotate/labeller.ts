/** Who is labelling: the admin API knows no persons, so that whoever labels says it once in this browser. */
import { useSyncExternalStore } from 'react'

const nameKey = 'gatehouse-labeller'
const blindKey = 'gatehouse-label-blind'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function write(key: string, value: string | null): void {
  if (value === null) localStorage.removeItem(key)
  else localStorage.setItem(key, value)
  for (const listener of listeners) listener()
}

/** The name; `null` while nobody has given one. */
export function useLabeller(): string | null {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(nameKey))
}

export function setLabeller(name: string | null): void {
  write(nameKey, name)
}

/** Scores are hidden until one has labelled a reply oneself. */
export function useBlind(): boolean {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(blindKey) !== null)
}

export function setBlind(blind: boolean): void {
  write(blindKey, blind ? 'yes' : null)
}
