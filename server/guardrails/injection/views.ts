import { decodedViews } from './decoded-pieces.ts'
import { gluedViews, spelledView } from './glued.ts'
import { hiddenViews } from './hidden-text.ts'
import { plainView } from './plain-letters.ts'
import { signalsOf } from './signals.ts'
import { reversedView, rotatedView } from './turned.ts'
import type { View } from './view.ts'

/** The readings of a text besides itself; none for most texts, which is found out in one pass. */
export function viewsOf(text: string): View[] {
  const signals = signalsOf(text)
  const views: (View | null)[] = []
  if (signals.alike) views.push(plainView(text))
  if (signals.spelled) views.push(spelledView(text))
  views.push(...gluedViews(text))
  if (signals.rotated) views.push(rotatedView(text))
  if (signals.reversed) views.push(reversedView(text))
  views.push(...decodedViews(text, signals), ...hiddenViews(text))
  return views.filter((view) => view !== null)
}
