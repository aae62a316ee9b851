import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'

/** One page of the UI. */
export interface Page {
  path: string
  name: string
  icon: LucideIcon
  /** The second key after `g`. */
  key: string
  component: ComponentType
}
