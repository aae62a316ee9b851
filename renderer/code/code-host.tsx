import type { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'

interface CodeHostProps {
  /** Makes the view; called again only for another `id`. */
  create: (parent: ShadowRoot) => EditorView
  id: string
  /** Is given the view once it is there, and null when it goes. */
  onView?: (view: EditorView | null) => void
  className?: string
}

/**
 * A place for CodeMirror in a shadow tree. There it adopts style sheets that it makes by script; anywhere else it
 * would write a `<style>` element, which the content security policy of the page refuses.
 */
export function CodeHost({ create, id, onView, className = '' }: CodeHostProps) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef({ create, onView })
  latest.current = { create, onView }
  useEffect(() => {
    const element = host.current!
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const view = latest.current.create(root)
    latest.current.onView?.(view)
    return () => {
      latest.current.onView?.(null)
      view.destroy()
      root.replaceChildren()
    }
  }, [id])
  return <div ref={host} className={`min-h-0 overflow-hidden ${className}`} />
}
