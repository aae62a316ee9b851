import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import { livePage } from './live.tsx'
import { overviewPage } from './overview.tsx'

export interface Page {
  path: string
  name: string
  icon: LucideIcon
  /** The second key after `g`. */
  key: string
  component: ComponentType
}

/** The pages in the order of the navigation; the palette, the keys and the router follow it, too. */
export const pages: readonly Page[] = [overviewPage, livePage]
